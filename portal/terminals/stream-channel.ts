import { CodedError } from '../../protocol/errors.ts';
import { streamLimits } from '../../protocol/stream.ts';
import type { StreamBatch } from '../../protocol/stream.ts';
import type { ViewerChannel } from './viewer-channel.ts';

/** What events go to, of an answer that is open. */
export interface EventReader {
  /** Server-Sent Events, as text. */
  write(text: string): void;
  end(): void;
}

interface StreamEvent {
  number: number;
  text: string;
}

/** A viewer's channel over events and POSTs (`protocol/stream.ts`). A pure state machine; HTTP is in the routes. */
export class StreamChannel implements ViewerChannel {
  onMessage: ViewerChannel['onMessage'] = () => {};
  onClose: ViewerChannel['onClose'] = () => {};
  readonly #onGone: () => void;
  /** Sent, and not said to have arrived. */
  #events: StreamEvent[] = [];
  #queuedBytes = 0;
  #lastNumber = 0;
  #reader: EventReader | null = null;
  #lastBatch = 0;
  #underWay: Promise<void> | null = null;
  #resumed: PromiseWithResolvers<void> | null = null;
  #isOpen = true;
  #closedWith: number | null = null;
  #timer: NodeJS.Timeout;

  /** `onGone`: nothing of it is needed any more. */
  constructor({ onGone }: { onGone: () => void }) {
    this.#onGone = onGone;
    this.#timer = setTimeout(() => this.close(4408), streamLimits.pickUpMs);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** An answer is open, for events to come. */
  get isRead(): boolean {
    return this.#reader !== null;
  }

  get closedWith(): number | null {
    return this.#closedWith;
  }

  send(data: string | Buffer): void {
    if (!this.#isOpen) return;
    if (typeof data === 'string') this.#push('text', data);
    else this.#push('bytes', data.toString('base64'));
    if (this.#queuedBytes > streamLimits.maxQueuedBytes) this.close(4408);
  }

  /** The code is still to be fetched; then, or after a while, it is forgotten. */
  close(code: number): void {
    if (!this.#isOpen) return;
    this.#push('close', String(code));
    this.#isOpen = false;
    this.#closedWith = code;
    this.#reader?.end();
    this.#reader = null;
    this.resume();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onGone(), streamLimits.pickUpMs).unref();
    this.onClose();
  }

  pause(): void {
    if (this.#isOpen) this.#resumed ??= Promise.withResolvers();
  }

  resume(): void {
    this.#resumed?.resolve();
    this.#resumed = null;
  }

  /** At once, without a word to the browser. */
  drop(): void {
    this.close(1001);
    clearTimeout(this.#timer);
    this.#onGone();
  }

  /**
   * Hands the events after `after` to `reader`, and those to come. Throws CONNECTION_GONE for events that were never sent, or
   * were said to have arrived.
   */
  read(reader: EventReader, after: number): void {
    this.#arrived(after);
    const oldest = this.#events[0]?.number ?? this.#lastNumber + 1;
    if (after < oldest - 1) {
      throw new CodedError(
        'CONNECTION_GONE',
        `events from ${after + 1} are not kept; those from ${oldest} are`,
      );
    }
    this.#reader?.end();
    this.#reader = null;
    for (const { text } of this.#events) reader.write(text);
    if (this.#isOpen) this.#reader = reader;
    else reader.end();
  }

  leave(reader: EventReader): void {
    if (this.#reader === reader) this.#reader = null;
  }

  /** Resolves when the batch was dealt with, which waits while paused. Throws BAD_REQUEST for one too early. */
  async receive({ seq, received, frames }: StreamBatch): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isOpen) this.#timer = setTimeout(() => this.close(4408), streamLimits.silenceMs);
    if (seq > this.#lastBatch + 1) {
      this.close(4400);
      throw new CodedError('BAD_REQUEST', `found batch ${seq}, expected ${this.#lastBatch + 1}`);
    }
    this.#arrived(received);
    // Sent again, since its answer was lost: it may still be under way.
    if (seq <= this.#lastBatch) return this.#underWay ?? undefined;
    this.#lastBatch = seq;
    this.#underWay = this.#obey(frames).finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  async #obey(frames: StreamBatch['frames']): Promise<void> {
    for (const frame of frames) {
      await this.#resumed?.promise;
      if (!this.#isOpen) return;
      if ('text' in frame) this.onMessage(Buffer.from(frame.text), false);
      else this.onMessage(Buffer.from(frame.bytes, 'base64'), true);
    }
    await this.#resumed?.promise;
  }

  #push(event: 'text' | 'bytes' | 'close', data: string): void {
    this.#lastNumber += 1;
    // JSON and base64 have no line breaks of their own.
    const text = `id: ${this.#lastNumber}\nevent: ${event}\ndata: ${data}\n\n`;
    this.#events.push({ number: this.#lastNumber, text });
    this.#queuedBytes += text.length;
    this.#reader?.write(text);
  }

  #arrived(number: number): void {
    if (number > this.#lastNumber) {
      throw new CodedError('CONNECTION_GONE', `event ${number} was never sent; ${this.#lastNumber} were`);
    }
    let dropped = 0;
    for (const event of this.#events) {
      if (event.number > number) break;
      this.#queuedBytes -= event.text.length;
      dropped += 1;
    }
    this.#events.splice(0, dropped);
    const isOver = !this.#isOpen && this.#events.length === 0;
    if (isOver) this.#onGone();
  }
}
