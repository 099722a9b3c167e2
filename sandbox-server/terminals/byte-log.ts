/** The last bytes a terminal printed, by sequence number: byte 0 is the first it ever printed. */
export class ByteLog {
  readonly #capacityBytes: number;
  #chunks: Buffer[] = [];
  #firstSeq = 0;
  #endSeq = 0;

  constructor({ capacityBytes }: { capacityBytes: number }) {
    this.#capacityBytes = capacityBytes;
  }

  /** Oldest byte still held. */
  get firstSeq(): number {
    return this.#firstSeq;
  }

  /** One past the newest byte: how many were printed in all. */
  get endSeq(): number {
    return this.#endSeq;
  }

  append(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#endSeq += chunk.length;
    for (let oldest = this.#chunks[0]; oldest !== undefined; oldest = this.#chunks[0]) {
      if (this.#endSeq - (this.#firstSeq + oldest.length) < this.#capacityBytes) break;
      this.#chunks.shift();
      this.#firstSeq += oldest.length;
    }
  }

  /** From `seq` (at least `firstSeq`) to the end. */
  readFrom(seq: number): Buffer[] {
    let at = this.#firstSeq;
    const found: Buffer[] = [];
    for (const chunk of this.#chunks) {
      if (at + chunk.length > seq) found.push(chunk.subarray(Math.max(0, seq - at)));
      at += chunk.length;
    }
    return found;
  }
}
