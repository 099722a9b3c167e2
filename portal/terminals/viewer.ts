/**
 * What one browser is shown of a terminal: where it stands in the output, and how much of it may be under way. A pure
 * state machine over `ViewerSink`; sockets live in `viewer-socket.ts`.
 */
import { terminalLimits } from '../../protocol/terminal.ts';
import type { ServerMessage, ShellMark } from '../../protocol/terminal.ts';
import type { ByteRing } from './byte-ring.ts';

export interface ViewerSink {
  sendBytes(bytes: Buffer): void;
  tell(message: ServerMessage): void;
  close(code: number): void;
}

/** A screen, and the number of the first byte that comes after it. */
export interface NumberedSnapshot extends TerminalSize {
  seq: number;
  bytes: Buffer;
  marks?: ShellMark[];
  directory?: string | null;
}

/** What a viewer reads from: the mirror. */
export interface ViewerSource {
  /** Only while the screen is there, which `snapshot` waits for. */
  readonly ring: ByteRing;
  /** The terminal's, once the screen is there. */
  readonly size: TerminalSize;
  snapshot(): Promise<NumberedSnapshot | null>;
  /** The viewer's right to hold the terminal back may have changed. */
  onFlow(): void;
}

export interface TerminalSize {
  cols: number;
  rows: number;
}

/** One frame to the browser. */
const maxFrameBytes = 32 * 1024;
/** A steady flow is gathered this long; the first bytes after a pause go at once. */
const coalesceMs = 8;
/** What follows a key so soon is its echo, as a rule, and somebody waits for it: it is not gathered. */
const echoMs = 50;
/** A browser that acknowledges nothing for so long holds the terminal no more (it may be a suspended tab). */
const stallMs = 10_000;

export interface ViewerOptions {
  sink: ViewerSink;
  source: ViewerSource;
  size: TerminalSize;
  /** The page it belongs to, where it said so. */
  page?: string | undefined;
  /** What it asked to be; null leaves it to who else is there. */
  as?: 'writer' | 'watcher' | undefined;
}

export class Viewer implements Disposable {
  readonly page: string | null;
  readonly as: 'writer' | 'watcher' | null;
  readonly #sink: ViewerSink;
  readonly #source: ViewerSource;
  size: TerminalSize;
  #role: Extract<ServerMessage, { type: 'role' }> | null = null;
  #greeted = false;
  /** `catching-up`: waits for a snapshot, what it was sent before counts no more. */
  #state: 'catching-up' | 'live' | 'closed' = 'catching-up';
  #sent = 0;
  #acknowledged = 0;
  #paused = false;
  #stalled = false;
  #exit: Extract<ServerMessage, { type: 'exit' }> | null = null;
  #lastFlushMs = 0;
  #lastInputMs = Number.NEGATIVE_INFINITY;
  #flushTimer: NodeJS.Timeout | undefined;
  #stallTimer: NodeJS.Timeout | undefined;

  constructor({ sink, source, size, page, as }: ViewerOptions) {
    this.page = page ?? null;
    this.as = as ?? null;
    this.#sink = sink;
    this.#source = source;
    this.size = size;
  }

  /** Output before this has been parsed by the browser; null where it does not count (behind, stalled, closed). */
  get heldAt(): number | null {
    return this.#state === 'live' && !this.#stalled ? this.#acknowledged : null;
  }

  /** First of all: from `resumeFrom` where that is still kept, else by a snapshot. */
  begin(resumeFrom: number | undefined): void {
    const { ring } = this.#source;
    if (resumeFrom === undefined || resumeFrom < ring.start || resumeFrom > ring.end) return this.catchUp();
    this.#greet({ seq: resumeFrom, mode: 'resume', ...this.#source.size });
    this.#goLive(resumeFrom);
  }

  /** By a snapshot: the browser's terminal is reset. */
  catchUp(): void {
    if (this.#state === 'closed') return;
    this.#state = 'catching-up';
    this.#settle();
    void this.#source.snapshot().then((snapshot) => {
      if (this.#state !== 'catching-up' || !snapshot) return;
      const { seq, bytes, cols, rows, marks = [], directory = null } = snapshot;
      // With no output yet there is nothing to show, and a query still to come is the browser's to answer.
      const mode = seq === 0 ? 'fresh' : 'snapshot';
      this.#greet({ seq, mode, cols, rows });
      if (mode === 'snapshot') this.#sink.sendBytes(bytes);
      if (marks.length > 0) this.#sink.tell({ type: 'marks', marks, directory });
      this.#goLive(seq);
    });
  }

  /** The browser has typed. */
  onInput(): void {
    this.#lastInputMs = performance.now();
  }

  /** There is more in the ring. */
  onOutput(): void {
    if (this.#state !== 'live' || this.#paused) return;
    const waiting = this.#source.ring.end - this.#sent;
    const nowMs = performance.now();
    const sinceFlushMs = nowMs - this.#lastFlushMs;
    const isEcho = nowMs - this.#lastInputMs < echoMs;
    if (isEcho || waiting >= maxFrameBytes || sinceFlushMs >= coalesceMs) return this.#flush();
    this.#flushTimer ??= setTimeout(() => this.#flush(), coalesceMs - sinceFlushMs);
  }

  /** Every output byte before `seq` was parsed. Going back, or beyond what was sent, is ignored: a later one heals it. */
  acknowledge(seq: number): void {
    if (this.#state !== 'live' || seq <= this.#acknowledged || seq > this.#sent) return;
    this.#acknowledged = seq;
    this.#stalled = false;
    this.#watchForStall();
    if (this.#paused && this.#sent - seq < terminalLimits.lowWaterBytes) {
      this.#paused = false;
      this.#flush();
    }
    this.#source.onFlow();
  }

  /** The shell ended; said after its last output. */
  onExit(exit: { code: number | null; signal: string | null }): void {
    this.#exit = { type: 'exit', ...exit };
    if (this.#state === 'live') this.#flush();
  }

  tell(message: ServerMessage): void {
    if (this.#state !== 'closed') this.#sink.tell(message);
  }

  /** Told when it changes, and never before the hello. */
  tellRole(role: Extract<ServerMessage, { type: 'role' }>): void {
    const isNews = JSON.stringify(role) !== JSON.stringify(this.#role);
    this.#role = role;
    if (isNews && this.#greeted) this.tell(role);
  }

  close(code: number): void {
    if (this.#state !== 'closed') this.#sink.close(code);
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#state = 'closed';
    this.#settle();
  }

  #greet(hello: Omit<Extract<ServerMessage, { type: 'hello' }>, 'type'>): void {
    this.#sink.tell({ type: 'hello', ...hello });
    if (!this.#greeted && this.#role) this.#sink.tell(this.#role);
    this.#greeted = true;
  }

  #goLive(seq: number): void {
    this.#state = 'live';
    this.#sent = seq;
    this.#acknowledged = seq;
    this.#flush();
    this.#source.onFlow();
  }

  #settle(): void {
    this.#paused = false;
    this.#stalled = false;
    clearTimeout(this.#flushTimer);
    clearTimeout(this.#stallTimer);
    this.#flushTimer = undefined;
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#lastFlushMs = performance.now();
    const { ring } = this.#source;
    while (!this.#paused && this.#sent < ring.end) {
      if (this.#sent < ring.start) return this.catchUp();
      const bytes = ring.read(this.#sent, maxFrameBytes);
      this.#sink.sendBytes(bytes);
      this.#sent += bytes.length;
      this.#paused = this.#sent - this.#acknowledged >= terminalLimits.highWaterBytes;
    }
    if (this.#paused) this.#watchForStall();
    else this.#tellExit();
  }

  #watchForStall(): void {
    clearTimeout(this.#stallTimer);
    if (!this.#paused) return;
    this.#stallTimer = setTimeout(() => {
      this.#stalled = true;
      this.#source.onFlow();
    }, stallMs);
  }

  #tellExit(): void {
    if (this.#exit) this.#sink.tell(this.#exit);
    this.#exit = null;
  }
}
