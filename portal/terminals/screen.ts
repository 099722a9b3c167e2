/** The true screen of a terminal, kept without a display, and its snapshots. */
import serializeAddon from '@xterm/addon-serialize';
import headless from '@xterm/headless';
import type { Terminal } from '@xterm/headless';
import type { ShellMark } from '../../protocol/terminal.ts';
import { ignoreRunawayCounts } from '../../protocol/runaway-counts.ts';
import { PromptWatch } from './prompt.ts';
import { restorationOf } from './screen-restoration.ts';
import { ShellMarks } from './shell-marks.ts';
import { UnfinishedSequence } from './unfinished-sequence.ts';

export interface Snapshot {
  /** Written to any terminal of the same size, it gives the same screen and parser state. */
  bytes: Buffer;
  /** How many bytes had been written when it was taken. */
  writtenBytes: number;
  cols: number;
  rows: number;
  /** What the shell marked in it. */
  marks: ShellMark[];
  directory: string | null;
}

/** Rows above the screen that a snapshot brings back: about 100 kB of text. */
const scrollbackRows = 1_000;
/** How long parsing may hold the thread, which all learners' terminals share. */
const turnMs = 2;
/** Made of nothing but the most costly sequences, so much still takes well below a second. */
const sliceBytes = 2 * 1024;
/**
 * CAN aborts whatever sequence the receiving parser was in when its last connection broke, RIS resets the terminal: in
 * the stream itself, so that nothing still waiting to be parsed there comes after it.
 */
const reset = '\x18\x1bc';

/**
 * Answers that the screen would give to queries (device attributes, cursor position ...) go nowhere: there is no
 * listener for them. The learner's own terminal answers, once, when it sees the query live.
 */
export class Screen implements Disposable {
  readonly #terminal: Terminal;
  readonly #serializer = new serializeAddon.SerializeAddon();
  readonly #unfinished = new UnfinishedSequence();
  readonly prompt: PromptWatch;
  readonly #marks: ShellMarks;
  #parsedBytes = 0;
  readonly #tasks: (() => void)[] = [];
  #isDisposed = false;

  constructor({
    cols,
    rows,
    onCommandFinished,
  }: {
    cols: number;
    rows: number;
    onCommandFinished: () => void;
  }) {
    this.#terminal = new headless.Terminal({
      cols,
      rows,
      scrollback: scrollbackRows,
      allowProposedApi: true,
      // It would write down every byte it does not like, and those are the learner's.
      logLevel: 'off',
    });
    this.#terminal.loadAddon(this.#serializer as never);
    // The thread is everybody's: one learner must not hold it.
    ignoreRunawayCounts(this.#terminal.parser);
    this.prompt = new PromptWatch(this.#terminal, onCommandFinished);
    this.#marks = new ShellMarks(this.#terminal);
  }

  get cols(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** `onParsed` is called, in order of the writes, once the bytes have had their effect. */
  write(bytes: Buffer, onParsed: () => void): void {
    for (let start = 0; start < bytes.length; start += sliceBytes)
      this.#enqueue(() => this.#parse(bytes.subarray(start, start + sliceBytes)));
    this.#enqueue(() => {
      if (this.#isDisposed) return;
      this.#unfinished.push(bytes);
      this.#parsedBytes += bytes.length;
      onParsed();
    });
  }

  /** Resolves when all that was written so far has had its effect. */
  settle(): Promise<void> {
    return new Promise((resolve) => this.#enqueue(resolve));
  }

  /** After what has been written so far, so that it wraps at the width it was made for. */
  resize({ cols, rows }: { cols: number; rows: number }): void {
    this.#enqueue(() => {
      if (!this.#isDisposed) this.#terminal.resize(cols, rows);
    });
  }

  /** Of everything written so far; null where the screen was disposed of meanwhile. */
  snapshot(): Promise<Snapshot | null> {
    return new Promise((resolve) => {
      this.#enqueue(() => {
        if (this.#isDisposed) return resolve(null);
        const text = reset + restorationOf(this.#terminal, this.#serializer);
        resolve({
          bytes: Buffer.concat([Buffer.from(text), this.#unfinished.bytes()]),
          writtenBytes: this.#parsedBytes,
          cols: this.#terminal.cols,
          rows: this.#terminal.rows,
          ...this.#marks.list(),
        });
      });
    });
  }

  /** In order, a few milliseconds at a time: between two turns the keys of all learners are passed on. */
  #enqueue(task: () => void): void {
    this.#tasks.push(task);
    if (this.#tasks.length === 1) setImmediate(() => this.#work());
  }

  #work(): void {
    const endMs = performance.now() + turnMs;
    let done = 0;
    for (; done < this.#tasks.length && (done === 0 || performance.now() < endMs); done += 1)
      (this.#tasks[done] as () => void)();
    this.#tasks.splice(0, done);
    if (this.#tasks.length > 0) setImmediate(() => this.#work());
  }

  #parse(bytes: Buffer): void {
    if (this.#isDisposed) return;
    // Its own way to write takes the thread for 12 ms at a time, and waits a timer between.
    (this.#terminal as unknown as { _core: { writeSync(data: Uint8Array): void } })._core.writeSync(bytes);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#terminal.dispose();
  }
}
