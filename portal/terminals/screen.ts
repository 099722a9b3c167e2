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
    // Between two writes the terminal lets others have the thread, within one it does not.
    const last = Math.max(0, bytes.length - 1) - (Math.max(0, bytes.length - 1) % sliceBytes);
    for (let start = 0; start < last; start += sliceBytes)
      this.#terminal.write(bytes.subarray(start, start + sliceBytes));
    this.#terminal.write(bytes.subarray(last), () => {
      if (this.#isDisposed) return;
      this.#unfinished.push(bytes);
      this.#parsedBytes += bytes.length;
      onParsed();
    });
  }

  /** Resolves when all that was written so far has had its effect. */
  settle(): Promise<void> {
    return new Promise((resolve) => this.#terminal.write('', resolve));
  }

  /** After what has been written so far, so that it wraps at the width it was made for. */
  resize({ cols, rows }: { cols: number; rows: number }): void {
    this.#terminal.write('', () => {
      if (!this.#isDisposed) this.#terminal.resize(cols, rows);
    });
  }

  /** Of everything written so far; null where the screen was disposed of meanwhile. */
  snapshot(): Promise<Snapshot | null> {
    return new Promise((resolve) => {
      this.#terminal.write('', () => {
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

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#terminal.dispose();
  }
}
