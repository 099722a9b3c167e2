import type { Terminal } from '@xterm/xterm';
import { OutputQueue } from '../../../../protocol/output-queue.ts';
import { scrollsWhole } from '../../../../protocol/scrolls-whole.ts';
import { UnfinishedSequence } from '../../../../protocol/unfinished-sequence.ts';

/** Given to the emulator at once; the rest waits here, where of a flood most can still be left out. */
const givenBytes = 32 * 1024;
/** The same of a terminal that nobody sees: about a millisecond, so that another one's keys and frames come between. */
const unseenBytes = 4 * 1024;
/** The most that a terminal here can have: what waits is parsed at whatever size there is by then. */
const mostRows = 500;
const carriageReturn = Uint8Array.of(0x0d);

/** What the emulator has of a terminal, also one without a display. */
export type WrittenTerminal = Pick<Terminal, 'rows' | 'buffer' | 'modes' | 'options' | 'write'>;

/**
 * What is printed, on its way into the emulator, in order. Plain text that other plain text pushes out of the scrollback
 * before it could be drawn is never parsed: it would leave no trace.
 */
export class OutputWriter {
  readonly #terminal: WrittenTerminal;
  readonly #queue = new OutputQueue();
  readonly #unfinished = new UnfinishedSequence();
  /** Called when so many bytes in all are done with. */
  readonly #waiting: { endByte: number; parsed: () => void }[] = [];
  #writtenBytes = 0;
  #doneBytes = 0;
  /** Never given to the emulator. */
  droppedBytes = 0;
  #startsLine = false;
  #isBusy = false;
  /** Nobody sees the terminal now: its output gives way to all else that the page does. */
  isUnseen = false;

  constructor(terminal: WrittenTerminal) {
    this.#terminal = terminal;
  }

  /** `parsed`: the bytes had their effect, or never will have any. */
  write(bytes: Uint8Array, parsed: () => void = () => {}): void {
    this.#queue.append(bytes, Number.POSITIVE_INFINITY);
    this.#writtenBytes += bytes.length;
    this.#waiting.push({ endByte: this.#writtenBytes, parsed });
    this.#pump();
  }

  /** Runs it when all that was written before had its effect. */
  after(task: () => void): void {
    this.#queue.enqueue(task);
    this.#pump();
  }

  #pump(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    if (this.isUnseen) runInBackground(() => this.#work());
    else this.#work();
  }

  #work(): void {
    const most = this.isUnseen ? unseenBytes : givenBytes;
    this.#drop();
    const pieces: Uint8Array[] = this.#startsLine ? [carriageReturn] : [];
    let bytes = 0;
    let task: (() => void) | null = null;
    while (bytes < most && task === null) {
      const next = this.#queue.shift();
      if (next === undefined) break;
      if (typeof next === 'function') task = next;
      else {
        pieces.push(next);
        bytes += next.length;
        this.#unfinished.push(next);
      }
    }
    if (bytes > 0) this.#startsLine = false;
    this.#give(bytes > 0 ? pieces : [], () => {
      this.#doneBytes += bytes;
      try {
        this.#tell();
        task?.();
      } finally {
        this.#isBusy = false;
      }
      if (!this.#queue.isEmpty) this.#pump();
    });
  }

  /** Nothing is given where there is nothing to wait for. */
  #give(pieces: Uint8Array[], done: () => void): void {
    const last = pieces.pop();
    if (!last) return done();
    for (const piece of pieces) this.#terminal.write(piece);
    this.#terminal.write(last, done);
  }

  #drop(): void {
    const { buffer, options } = this.#terminal;
    const { active } = buffer;
    // Who has scrolled up sees rows go by, and a screen reader reads them.
    const isWatched = options.screenReaderMode === true || active.viewportY !== active.baseY;
    if (isWatched || !this.#unfinished.isNone || !scrollsWhole(this.#terminal)) return;
    const dropped = this.#queue.dropBefore(2 * mostRows + (options.scrollback ?? 0));
    this.droppedBytes += dropped;
    this.#doneBytes += dropped;
    if (dropped > 0) this.#startsLine = true;
  }

  #tell(): void {
    while (this.#waiting[0] && this.#waiting[0].endByte <= this.#doneBytes) this.#waiting.shift()?.parsed();
  }
}

/** When the page has nothing else to do; where the browser knows no priorities, after what it has to do now. */
function runInBackground(task: () => void): void {
  const { scheduler } = globalThis as {
    scheduler?: { postTask(task: () => void, how: object): Promise<void> };
  };
  if (scheduler) void scheduler.postTask(task, { priority: 'background' });
  else setTimeout(task);
}
