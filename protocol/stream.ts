/**
 * The terminal protocol (`terminal.ts`) without a socket, for networks that let none through: the same messages, down as
 * Server-Sent Events, up as POSTs.
 *
 * | request | answer |
 * | --- | --- |
 * | `POST /api/terminals/:id/connections` | 201 `{ connection }` |
 * | `POST /api/terminals/:id/connections/:connection` `StreamBatch` | 204, when it was dealt with |
 * | `DELETE /api/terminals/:id/connections/:connection` | 204, the connection is closed |
 * | `GET /api/connections?of=CONNECTION.N&of=…&wait=W` | events of these connections, each after its number N, see below |
 *
 * One answer serves all terminals of a page, since browsers open six connections to one server over HTTP/1.1 for all their
 * pages. A page with one terminal more asks anew.
 *
 * `connection` is a ticket: 128 random bits, good for this learner and this terminal, void when it is not used within
 * `pickUpMs` or for `silenceMs`, and after its end (CONNECTION_GONE). It is made by a request that carries an Origin of the
 * allow-list, as a socket's upgrade does.
 *
 * An event has `of: I` (its connection's place in the request, from 0), `id: N` (from 1, without gaps), `event: text | bytes |
 * close` and one line of `data`: the JSON message, the bytes in base64, the close code. `event: gone` has the id 0 and no more
 * to come: there is no such connection, or not these events of it. Asking for events after N says that those up to N have
 * arrived; an answer that was cut, or never came, is asked for again. A connection's events go to the newest answer, and an
 * answer that has none left to carry ends.
 *
 * Batches are numbered from 1. One that was dealt with is answered again and not obeyed again; one too early closes the
 * connection (4400). While the machine takes no more input, the answer waits: so does the client with its next batch.
 */
import { z } from 'zod';

export const streamLimits = {
  /** Down, between two events or comments of an open answer. */
  heartbeatMs: 10_000,
  /** How long an answer of `wait=poll` stays open without an event. Below the 30 s that proxies allow at the least. */
  pollMs: 20_000,
  pickUpMs: 10_000,
  /** Without a batch, where pages ping every 15 s. */
  silenceMs: 45_000,
  /** Up, bytes of input a batch: in base64 and JSON well below what a body may have. */
  maxBatchBytes: 32 * 1024,
  /** Down, bytes of events that have not been said to have arrived. Flow control keeps far below it. */
  maxQueuedBytes: 4 * 1024 * 1024,
} as const;

/** `stream`: the answer stays open. `poll`: it ends with the first events. */
export const streamWaits = ['stream', 'poll'] as const;
export type StreamWait = (typeof streamWaits)[number];

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const place = z
  .string()
  .regex(/^[\w-]{22}\.\d{1,16}$/)
  .transform((text) => ({ connection: text.slice(0, 22), after: Number(text.slice(23)) }))
  .pipe(z.object({ connection: z.string(), after: count }));

export const streamQuerySchema = z.strictObject({
  of: z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(place).min(1).max(16)),
  wait: z.enum(streamWaits),
});

export const streamBatchSchema = z.strictObject({
  seq: count.min(1),
  /** Events up to here have arrived. */
  received: count,
  frames: z
    .array(
      z.union([
        z.strictObject({ text: z.string().max(4096) }),
        z.strictObject({ bytes: z.base64().max(64 * 1024) }),
      ]),
    )
    .max(256),
});
export type StreamBatch = z.infer<typeof streamBatchSchema>;
