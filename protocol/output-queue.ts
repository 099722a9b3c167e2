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

interface PlainPiece extends Piece {
  rows: number;
}

export type Waiting = Uint8Array | (() => void);

export class OutputQueue {
  #entries: (Piece | (() => void))[] = [];
  #head = 0;
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

  /** `cols`: of the terminal when it comes to these; Infinity where that is not known. */
  append(bytes: Uint8Array, cols: number): void {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      const piece = bytes.subarray(start, start + pieceBytes);
      const plain = readPlainOutput(piece, cols);
      this.#entries.push({ bytes: piece, rows: plain?.rows ?? null, lastLineAt: plain?.lastLineAt ?? -1 });
      this.#bytes += piece.length;
    }
  }

  enqueue(task: () => void): void {
    this.#entries.push(task);
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
    let [end, following] = [this.#head, 0];
    for (let piece = this.#plainAt(end); piece; piece = this.#plainAt(end)) {
      following += piece.rows;
      end += 1;
    }
    let cut = -1;
    for (let at = this.#head; at < end && following >= rows; at += 1) {
      const piece = this.#plainAt(at) as PlainPiece;
      following -= piece.rows;
      if (following >= rows && piece.lastLineAt !== -1) cut = at;
    }
    if (cut === -1) return 0;
    const before = this.#bytes;
    while (this.#head < cut) this.#pass(this.#entries[this.#head] as Piece);
    const last = this.#entries[cut] as PlainPiece;
    const rest = last.bytes.subarray(last.lastLineAt);
    this.#entries[cut] = { bytes: rest, rows: 0, lastLineAt: -1 };
    this.#bytes -= last.lastLineAt;
    this.#compact();
    return before - this.#bytes;
  }

  #plainAt(at: number): PlainPiece | null {
    const entry = this.#entries[at];
    return entry !== undefined && typeof entry !== 'function' && entry.rows !== null
      ? (entry as PlainPiece)
      : null;
  }

  #pass(entry: Piece | (() => void)): void {
    if (typeof entry === 'function') this.#tasks -= 1;
    else this.#bytes -= entry.bytes.length;
    this.#head += 1;
  }

  #compact(): void {
    this.#entries.splice(0, this.#head);
    this.#head = 0;
  }
}
