/** The true screen of a terminal, kept without a display, and its snapshots. */
import type { Terminal } from '@xterm/headless';
import type { ShellMark } from '../../protocol/terminal.ts';
import { OutputQueue } from '../../protocol/output-queue.ts';
import { scrollsWhole } from '../../protocol/scrolls-whole.ts';
import { UnfinishedSequence } from '../../protocol/unfinished-sequence.ts';
import { openHeadless } from './headless-terminal.ts';
import { PromptWatch } from './prompt.ts';
import { restorationOf } from './screen-restoration.ts';
import { ShellMarks } from './shell-marks.ts';

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
/** Output so soon after other output, and so much of it, is a flood: then parsing waits this long, for most to be dropped. */
const floodPauseMs = 30;
const floodBytes = 32 * 1024;
/** Beyond it parsing waits no longer: more than all rows of a large terminal. */
const mostWaitingBytes = 256 * 1024;
/** Beyond it who writes waits. */
const heldFromBytes = 384 * 1024;
const carriageReturn = Buffer.from('\r');
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
  readonly #unfinished = new UnfinishedSequence();
  readonly prompt: PromptWatch;
  readonly #marks: ShellMarks;
  /** Or dropped, since nobody could have seen it. */
  #parsedBytes = 0;
  /** Of them, those that were never parsed. */
  droppedBytes = 0;
  #reportedBytes = 0;
  readonly #onParsed: (byteCount: number) => void;
  readonly #queue = new OutputQueue();
  /** That takes more than a moment. */
  #job: Iterator<void, void> | null = null;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #recentBytes = 0;
  #lastWriteMs = 0;
  /** Of the terminal when all that waits was parsed. */
  #cols: number;
  #startsLine = false;
  #isDisposed = false;

  constructor({
    cols,
    rows,
    onCommandFinished,
    onParsed = () => {},
  }: {
    cols: number;
    rows: number;
    onCommandFinished: () => void;
    /** Of so many more bytes the effect is there; in order, in steps of its own. */
    onParsed?: (byteCount: number) => void;
  }) {
    this.#cols = cols;
    this.#onParsed = onParsed;
    this.#terminal = openHeadless({ cols, rows, scrollbackRows });
    this.prompt = new PromptWatch(this.#terminal, onCommandFinished);
    this.#marks = new ShellMarks(this.#terminal);
  }

  get cols(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Bytes that wait beyond what may: who writes should pause. */
  get excessBytes(): number {
    return Math.max(0, this.#queue.bytes - heldFromBytes);
  }

  write(bytes: Buffer): void {
    const nowMs = performance.now();
    if (nowMs - this.#lastWriteMs > floodPauseMs) this.#recentBytes = 0;
    this.#lastWriteMs = nowMs;
    this.#recentBytes += bytes.length;
    this.#queue.append(bytes, this.#cols);
    this.#dropUnseen();
    const isFlood = this.#recentBytes > floodBytes && this.#queue.bytes < mostWaitingBytes;
    if (isFlood && !this.#queue.hasTasks) this.#timer ??= setTimeout(() => this.#work(), floodPauseMs);
    else this.#workSoon();
  }

  /** Resolves when all that was written so far has had its effect. */
  settle(): Promise<void> {
    return new Promise((resolve) => this.#enqueue(resolve));
  }

  /** After what has been written so far, so that it wraps at the width it was made for. */
  resize({ cols, rows }: { cols: number; rows: number }): void {
    this.#cols = cols;
    this.#enqueue(() => {
      if (!this.#isDisposed) this.#terminal.resize(cols, rows);
    });
  }

  /** After what has been written so far: screen and scrollback go, but for the line the cursor is on. */
  clear(): void {
    this.#enqueue(() => {
      if (!this.#isDisposed && this.#terminal.buffer.active.type === 'normal') this.#marks.clear();
    });
  }

  /** Of everything written so far; null where the screen was disposed of meanwhile. */
  snapshot(): Promise<Snapshot | null> {
    return new Promise((resolve) => {
      this.#enqueue(() => (this.#job = this.#restore(resolve)));
    });
  }

  /** Until it is through nothing is parsed. */
  *#restore(resolve: (snapshot: Snapshot | null) => void): Generator<void, void> {
    // What is dropped meanwhile counts as parsed, too.
    const writtenBytes = this.#parsedBytes;
    const unfinished = this.#unfinished.bytes();
    for (const restoration = restorationOf(this.#terminal); ; yield) {
      if (this.#isDisposed) return resolve(null);
      const { done, value } = restoration.next();
      if (!done) continue;
      const { cols, rows } = this.#terminal;
      const bytes = Buffer.concat([Buffer.from(reset + value), unfinished]);
      return resolve({ bytes, writtenBytes, cols, rows, ...this.#marks.list() });
    }
  }

  #enqueue(task: () => void): void {
    this.#queue.enqueue(task);
    this.#workSoon();
  }

  #workSoon(): void {
    this.#immediate ??= setImmediate(() => this.#work());
  }

  /** In order, a few milliseconds at a time: between two turns the keys of all learners are passed on. */
  #work(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = this.#immediate = undefined;
    const endMs = performance.now() + turnMs;
    this.#dropUnseen();
    do {
      if (this.#job) {
        if (this.#job.next().done) this.#job = null;
        continue;
      }
      const next = this.#queue.shift();
      if (typeof next === 'function') {
        this.#report();
        next();
      } else if (next) this.#parse(next);
    } while (this.#hasWork && performance.now() < endMs);
    this.#report();
    if (this.#hasWork) this.#workSoon();
  }

  get #hasWork(): boolean {
    return this.#job !== null || !this.#queue.isEmpty;
  }

  #report(): void {
    const news = this.#parsedBytes - this.#reportedBytes;
    this.#reportedBytes = this.#parsedBytes;
    if (news > 0) this.#onParsed(news);
  }

  #parse(bytes: Uint8Array): void {
    if (this.#isDisposed) return;
    // Its own way to write takes the thread for 12 ms at a time, and waits a timer between.
    const { _core: core } = this.#terminal as unknown as { _core: { writeSync(data: Uint8Array): void } };
    if (this.#startsLine) core.writeSync(carriageReturn);
    this.#startsLine = false;
    core.writeSync(bytes);
    this.#unfinished.push(bytes);
    this.#parsedBytes += bytes.length;
  }

  /** Plain text that will be beyond the scrollback once all is parsed leaves no trace: neither rows, nor cursor, nor modes. */
  #dropUnseen(): void {
    const { rows } = this.#terminal;
    if (this.#isDisposed || !this.#unfinished.isNone || !scrollsWhole(this.#terminal)) return;
    // Down to the last row, then all rows of before out of the screen, and out of the scrollback.
    const dropped = this.#queue.dropBefore(2 * rows + scrollbackRows);
    this.#parsedBytes += dropped;
    this.droppedBytes += dropped;
    if (dropped > 0) this.#startsLine = true;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#terminal.dispose();
  }
}
