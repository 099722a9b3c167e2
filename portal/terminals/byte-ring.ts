/**
 * The newest output of a terminal, numbered: byte `start` is the oldest kept, `end` the next to come. Chunks are kept as
 * they came and dropped whole, so up to one chunk more than `capacityBytes` may be held.
 */
export class ByteRing {
  readonly #capacityBytes: number;
  #chunks: Buffer[] = [];
  #start: number;
  #end: number;

  constructor({ capacityBytes, start = 0 }: { capacityBytes: number; start?: number }) {
    this.#capacityBytes = capacityBytes;
    this.#start = start;
    this.#end = start;
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  append(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#end += chunk.length;
    let dropped = 0;
    for (const oldest of this.#chunks) {
      if (this.#end - this.#start - oldest.length < this.#capacityBytes) break;
      this.#start += oldest.length;
      dropped += 1;
    }
    if (dropped > 0) this.#chunks.splice(0, dropped);
  }

  /** At most `maxBytes` from `from` on, which must lie between `start` and `end`. */
  read(from: number, maxBytes: number): Buffer {
    if (from < this.#start || from > this.#end) {
      throw new RangeError(`byte ${from} is not kept; ${this.#start} to ${this.#end} are`);
    }
    const parts: Buffer[] = [];
    let chunkStart = this.#end;
    let wantedEnd = Math.min(from + maxBytes, this.#end);
    // From the newest chunk back: what is asked for is nearly always the newest.
    for (let index = this.#chunks.length - 1; index >= 0 && chunkStart > from; index -= 1) {
      const chunk = this.#chunks[index] as Buffer;
      chunkStart -= chunk.length;
      if (chunkStart >= wantedEnd) continue;
      parts.unshift(chunk.subarray(Math.max(0, from - chunkStart), wantedEnd - chunkStart));
      wantedEnd = Math.max(chunkStart, from);
    }
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }
}
