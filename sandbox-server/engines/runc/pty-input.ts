/**
 * What is typed into a PTY, in order. A program that reads nothing fills the kernel's line buffer; poll(2) calls the
 * descriptor writable all the same, so what waits is tried again after a pause, not at once: that would spin.
 */
import { writeSync } from 'node:fs';

/** Beyond this the line drops what is typed, as a real one does, only later. */
const maxWaitingBytes = 1024 * 1024;
const firstPauseMs = 2;
const maxPauseMs = 50;

export class PtyInput {
  readonly #fd: () => number | null;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #pauseMs = firstPauseMs;
  #timer: NodeJS.Timeout | null = null;

  /** `fd`: the non-blocking descriptor, or null once it is closed and its number may be another's. */
  constructor(fd: () => number | null) {
    this.#fd = fd;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  write(bytes: Buffer): void {
    if (this.#waitingBytes + bytes.length > maxWaitingBytes) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#timer === null) this.#drain();
  }

  #drain(): void {
    this.#timer = null;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const written = this.#tryWrite(first);
      if (written === null) {
        this.end();
        return;
      }
      this.#waitingBytes -= written;
      if (written === first.length) this.#waiting.shift();
      else this.#waiting[0] = first.subarray(written);
      if (written > 0) this.#pauseMs = firstPauseMs;
      if (written === first.length) continue;
      this.#timer = setTimeout(() => this.#drain(), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, maxPauseMs);
      return;
    }
  }

  /** Bytes taken; null when nobody can ever read them. */
  #tryWrite(bytes: Buffer): number | null {
    const fd = this.#fd();
    if (fd === null) return null;
    try {
      return writeSync(fd, bytes);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : null;
    }
  }

  /** Nothing more will be read. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}
