import type { StreamBatch, streamLimits } from '../../../../protocol/stream.ts';

// The protocol's number, held to it by its type: importing the value would bring the schemas into the page.
const maxBatchBytes: (typeof streamLimits)['maxBatchBytes'] = 32_768;
const maxBatchFrames = 200;

type Frame = StreamBatch['frames'][number];

/** What waits to be sent by a terminal's connection without a socket, in batches of the protocol. */
export class StreamOutbox {
  #waiting: { frame: Frame; bytes: number }[] = [];
  #seq = 0;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add(data: string | Uint8Array): void {
    const frame: Frame = typeof data === 'string' ? { text: data } : { bytes: toBase64(data) };
    this.#waiting.push({ frame, bytes: data.length });
  }

  /** @param received number of the last event that arrived */
  take(received: number): StreamBatch {
    let bytes = 0;
    let count = 0;
    for (const { bytes: next } of this.#waiting) {
      if (count > 0 && (bytes + next > maxBatchBytes || count === maxBatchFrames)) break;
      bytes += next;
      count += 1;
    }
    this.#seq += 1;
    return { seq: this.#seq, received, frames: this.#waiting.splice(0, count).map(({ frame }) => frame) };
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
