import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface LogFileOptions {
  maxBytes?: number;
  /** How many full files are kept beside the one being written: `portal.log.1` is the newest of them. */
  kept?: number;
}

/** A process's output on disk, bounded: a full file is moved aside and the oldest one dropped. */
export class LogFile implements Disposable {
  readonly path: string;
  readonly #maxBytes: number;
  readonly #kept: number;
  #fd: number;
  #sizeBytes: number;

  constructor(file: string, { maxBytes = 10 * 1024 ** 2, kept = 3 }: LogFileOptions = {}) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o750 });
    this.path = file;
    this.#maxBytes = maxBytes;
    this.#kept = kept;
    this.#fd = openSync(file, 'a', 0o640);
    this.#sizeBytes = fstatSync(this.#fd).size;
  }

  append(chunk: Buffer): void {
    if (this.#sizeBytes > 0 && this.#sizeBytes + chunk.length > this.#maxBytes) this.#rotate();
    this.#sizeBytes += writeSync(this.#fd, chunk);
  }

  /** A line of our own among the process's. */
  note(words: string): void {
    this.append(Buffer.from(`${JSON.stringify({ time: new Date().toISOString(), supervisor: words })}\n`));
  }

  #rotate(): void {
    closeSync(this.#fd);
    for (let age = this.#kept; age >= 1; age -= 1) {
      const newer = age === 1 ? this.path : `${this.path}.${age - 1}`;
      if (existsSync(newer)) renameSync(newer, `${this.path}.${age}`);
    }
    this.#fd = openSync(this.path, 'a', 0o640);
    this.#sizeBytes = 0;
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}
