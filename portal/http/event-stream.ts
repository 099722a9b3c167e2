/** Server-Sent Events: one open answer to one page. */
import type { FastifyReply } from 'fastify';
import { lessonFeed } from '../../protocol/lesson-feed.ts';

/** How long a page waits before it connects again. */
const retryMs = 1_000;
/** An answer that ends with its first events waits so long for more of them. */
const gatherMs = 100;
/** A page that does not read is not written to for ever. */
const maxBufferedBytes = 1024 * 1024;

export class EventStream {
  readonly #reply: FastifyReply;
  readonly #heartbeat: NodeJS.Timeout;
  #end: NodeJS.Timeout | undefined;
  #endsWithNext = false;

  /** Takes the answer over from Fastify. `onClose`: the page has gone, or was too slow. */
  constructor(reply: FastifyReply, onClose: () => void) {
    this.#reply = reply;
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // For reverse proxies that gather answers first.
      'x-accel-buffering': 'no',
    });
    this.#heartbeat = setInterval(() => this.#write('event: here\ndata: null\n\n'), lessonFeed.heartbeatMs);
    const end = (): void => {
      clearInterval(this.#heartbeat);
      clearTimeout(this.#end);
      this.#endsWithNext = false;
      onClose();
    };
    reply.raw.on('error', () => reply.raw.destroy());
    // It may have gone while we made up our mind; then there is no event to come.
    if (reply.raw.destroyed) queueMicrotask(end);
    else reply.raw.on('close', end);
    this.#write(`retry: ${retryMs}\n\n`);
  }

  send({ event, data }: { event: string; data: unknown }): void {
    // JSON has no line breaks of its own.
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (this.#endsWithNext) this.#endAfter(gatherMs);
  }

  /** The answer ends soon after the next event, or without one after `waitMs`: for networks that pass on whole answers only. */
  endWithNext(waitMs: number): void {
    if (this.#reply.raw.destroyed) return;
    this.#endAfter(waitMs);
    this.#endsWithNext = true;
  }

  close(): void {
    this.#reply.raw.end();
  }

  /** Without waiting for a page that may not be there any more. */
  drop(): void {
    this.#reply.raw.destroy();
  }

  #endAfter(delayMs: number): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.close(), delayMs);
    this.#endsWithNext = false;
  }

  #write(text: string): void {
    const { raw } = this.#reply;
    if (raw.destroyed || raw.writableEnded) return;
    raw.write(text);
    if (raw.writableLength > maxBufferedBytes) raw.destroy();
  }
}
