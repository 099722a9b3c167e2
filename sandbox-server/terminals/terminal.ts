/**
 * One terminal: a PTY, the log of what it printed, and at most one attachment that reads along. Bytes are never parsed.
 * A pure state machine over the `Pty` port; sockets live in `attachment.ts`.
 */
import { terminalLimits } from '../../protocol/terminal.ts';
import type { TerminalView } from '../../protocol/sandbox-api.ts';
import type { Pty } from '../engine.ts';
import { ByteLog } from './byte-log.ts';

/** Enough for a screen and its scrollback to be rebuilt by a portal that was restarted. */
const logBytes = 1024 * 1024;

/** Where a terminal's output goes: told of bytes as they come, of the end once. */
export interface TerminalReader {
  onOutput(chunk: Buffer): void;
  onExit(exit: { code: number | null; signal: string | null }): void;
  /** Another reader took its place, or the terminal was closed. */
  onEnd(reason: 'taken-over' | 'closed'): void;
}

export class Terminal {
  readonly id: string;
  readonly createdAt = new Date().toISOString();
  readonly #pty: Pty;
  readonly #log = new ByteLog({ capacityBytes: logBytes });
  #size: { cols: number; rows: number };
  #reader: TerminalReader | null = null;
  #acknowledged = 0;
  #paused = false;
  #exited: { code: number | null; signal: string | null } | null = null;
  #closed = false;

  constructor({ id, pty, cols, rows }: { id: string; pty: Pty; cols: number; rows: number }) {
    this.id = id;
    this.#pty = pty;
    this.#size = { cols, rows };
    pty.onData((chunk) => this.#onData(chunk));
    pty.onExit((exit) => {
      this.#exited = exit;
      this.#reader?.onExit(exit);
    });
  }

  view(): TerminalView {
    const { id, createdAt } = this;
    return { id, ...this.#size, createdAt, seq: this.#log.endSeq, exited: this.#exited };
  }

  get exited() {
    return this.#exited;
  }

  #onData(chunk: Buffer): void {
    this.#log.append(chunk);
    this.#reader?.onOutput(chunk);
    this.#balance();
  }

  /** Holds the PTY while a reader lags behind; with none the log takes all. */
  #balance(): void {
    const unread = this.#reader === null ? 0 : this.#log.endSeq - this.#acknowledged;
    if (!this.#paused && unread > terminalLimits.highWaterBytes) {
      this.#paused = true;
      this.#pty.pause();
    } else if (this.#paused && unread < terminalLimits.lowWaterBytes) {
      this.#paused = false;
      this.#pty.resume();
    }
  }

  /** From the byte `from`, or the oldest one still held. The reader gets what is logged at once, through the answer. */
  attach(reader: TerminalReader, from: number): { seq: number; end: number; backlog: Buffer[] } {
    this.#reader?.onEnd('taken-over');
    this.#reader = reader;
    const seq = Math.min(Math.max(from, this.#log.firstSeq), this.#log.endSeq);
    this.#acknowledged = seq;
    this.#balance();
    return { seq, end: this.#log.endSeq, backlog: this.#log.readFrom(seq) };
  }

  detach(reader: TerminalReader): void {
    if (this.#reader !== reader) return;
    this.#reader = null;
    this.#balance();
  }

  /** Every byte before `seq` was taken in. Going back or beyond the end is ignored: a later one heals it. */
  acknowledge(seq: number): void {
    if (seq > this.#acknowledged && seq <= this.#log.endSeq) this.#acknowledged = seq;
    this.#balance();
  }

  write(bytes: Buffer): void {
    if (this.#exited === null && !this.#closed) this.#pty.write(bytes);
  }

  resize(size: { cols: number; rows: number }): void {
    if (this.#exited !== null || this.#closed) return;
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#pty.resize(size);
  }

  /** Hangs up; the reader is told. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reader?.onEnd('closed');
    this.#reader = null;
    if (this.#exited === null) this.#pty.hangUp();
  }
}
