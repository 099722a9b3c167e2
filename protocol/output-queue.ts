/**
 * Output that waits to be parsed, in pieces, and tasks among it that wait for what came before them. Of a flood of plain
 * text the terminal keeps but the last rows: what will have been pushed out by text that waits already need not be parsed.
 * Free of imports but its like: portal and browser bundle both use it.
 */
import { readPlainOutput } from './plain-output.ts';

/** Made of nothing but the most costly sequences, so much still takes well below a second to parse. */
const pieceBytes = 2 * 1024;
const compactFrom = 256;

interface Piece {
  bytes: Uint8Array;
  /** Null where it is not plain. */
  rows: number | null;
  lastLineAt: number;
}

export type Waiting = Uint8Array | (() => void);

export class OutputQueue {
  #entries: (Piece | (() => void))[] = [];
  #head = 0;
  /** All entries from here on are plain text. */
  #plainFrom = 0;
  /** Rows of those that still wait. */
  #plainRows = 0;
  #bytes = 0;
  #tasks = 0;

  /** That wait. */
  get bytes(): number {
    return this.#bytes;
  }

  get hasTasks(): boolean {
    return this.#tasks > 0;
  }

  get isEmpty(): boolean {
    return this.#head === this.#entries.length;
  }

  /** `cols`: of the terminal when it comes to these. */
  append(bytes: Uint8Array, cols: number): void {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      const piece = bytes.subarray(start, start + pieceBytes);
      const plain = readPlainOutput(piece, cols);
      this.#push({ bytes: piece, rows: plain?.rows ?? null, lastLineAt: plain?.lastLineAt ?? -1 });
      this.#bytes += piece.length;
    }
  }

  enqueue(task: () => void): void {
    this.#push(task);
    this.#tasks += 1;
  }

  /** The next piece of output, or a task; undefined where nothing waits. */
  shift(): Waiting | undefined {
    const entry = this.#entries[this.#head];
    if (entry === undefined) return undefined;
    this.#pass(entry);
    if (this.#head >= compactFrom) this.#compact();
    return typeof entry === 'function' ? entry : entry.bytes;
  }

  /**
   * Drops from the front what is plain text and followed by so many rows of plain text, up to the beginning of a line.
   * Returns the bytes dropped; what is parsed next then belongs into the first column.
   */
  dropBefore(rows: number): number {
    if (this.#plainFrom > this.#head) return 0;
    let following = this.#plainRows;
    let cut = -1;
    for (let at = this.#head; at < this.#entries.length; at += 1) {
      const piece = this.#entries[at] as Piece;
      following -= piece.rows ?? 0;
      if (following < rows) break;
      if (piece.lastLineAt !== -1) cut = at;
    }
    if (cut === -1) return 0;
    const before = this.#bytes;
    while (this.#head < cut) this.#pass(this.#entries[this.#head] as Piece);
    const last = this.#entries[cut] as Piece;
    const rest = last.bytes.subarray(last.lastLineAt);
    this.#plainRows -= last.rows ?? 0;
    this.#entries[cut] = { bytes: rest, rows: 0, lastLineAt: -1 };
    this.#bytes -= last.lastLineAt;
    this.#compact();
    return before - this.#bytes;
  }

  #push(entry: Piece | (() => void)): void {
    this.#entries.push(entry);
    if (typeof entry !== 'function' && entry.rows !== null) this.#plainRows += entry.rows;
    else {
      this.#plainFrom = this.#entries.length;
      this.#plainRows = 0;
    }
  }

  #pass(entry: Piece | (() => void)): void {
    if (typeof entry === 'function') this.#tasks -= 1;
    else {
      this.#bytes -= entry.bytes.length;
      if (this.#head >= this.#plainFrom) this.#plainRows -= entry.rows ?? 0;
    }
    this.#head += 1;
  }

  #compact(): void {
    this.#entries.splice(0, this.#head);
    this.#plainFrom = Math.max(0, this.#plainFrom - this.#head);
    this.#head = 0;
  }
}
