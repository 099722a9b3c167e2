/** One open answer that carries the events of several connections (`protocol/stream.ts`). */
import type { FastifyReply } from 'fastify';
import { CodedError } from '../../protocol/errors.ts';
import { streamLimits, type StreamWait } from '../../protocol/stream.ts';
import type { EventReader, StreamChannel } from '../terminals/stream-channel.ts';

export interface Carried {
  /** Null where there is no such connection. */
  channel: StreamChannel | null;
  after: number;
}

export class SharedAnswer {
  readonly #reply: FastifyReply;
  readonly #wait: StreamWait;
  readonly #carried = new Map<EventReader, StreamChannel>();
  #heartbeat: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #hasAll = false;
  #ended = false;

  /** Takes the answer over from Fastify once there is something to say. */
  constructor(reply: FastifyReply, wait: StreamWait) {
    this.#reply = reply;
    this.#wait = wait;
    reply.raw.on('error', () => reply.raw.destroy());
    reply.raw.on('close', () => this.#end());
  }

  carry(all: readonly Carried[]): void {
    for (const [index, { channel, after }] of all.entries()) this.#join(`of: ${index}\n`, channel, after);
    this.#hasAll = true;
    if (this.#carried.size === 0) return this.#end();
    if (this.#wait === 'poll') {
      this.#deadline = setTimeout(() => this.#end(), streamLimits.pollMs);
      return;
    }
    // The head goes out before the first event: by it the browser knows that the way is open.
    this.#write(': here\n\n');
    this.#heartbeat = setInterval(() => this.#write(': here\n\n'), streamLimits.heartbeatMs);
  }

  #join(label: string, channel: StreamChannel | null, after: number): void {
    const reader: EventReader = {
      write: (text) => this.#tell(label + text),
      end: () => {
        this.#carried.delete(reader);
        if (this.#hasAll && this.#carried.size === 0) this.#end();
      },
    };
    try {
      if (channel === null) throw new CodedError('CONNECTION_GONE', 'there is no such connection');
      this.#carried.set(reader, channel);
      channel.read(reader, after);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      this.#carried.delete(reader);
      this.#tell(`${label}id: 0\nevent: gone\ndata: ${error.code}\n\n`);
    }
  }

  #tell(text: string): void {
    this.#write(text);
    // What comes with it in the same turn goes along.
    if (this.#wait === 'poll') setImmediate(() => this.#end());
  }

  #write(text: string): void {
    this.#begin();
    this.#reply.raw.write(text);
  }

  #begin(): void {
    const { raw } = this.#reply;
    if (raw.headersSent) return;
    this.#reply.hijack();
    raw.writeHead(200, {
      ...(this.#reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      // Compressing gathers, and so do reverse proxies that are not told.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#deadline);
    for (const [reader, channel] of this.#carried) channel.leave(reader);
    this.#carried.clear();
    this.#begin();
    this.#reply.raw.end();
  }
}
