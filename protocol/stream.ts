/**
 * The terminal protocol (`terminal.ts`) without a socket, for networks that let none through: the same messages, down as
 * Server-Sent Events, up as POSTs.
 *
 * | request | answer |
 * | --- | --- |
 * | `POST /api/terminals/:id/connections` | 201 `{ connection }` |
 * | `GET /api/terminals/:id/connections/:connection?after=N&wait=W` | events after number N, see below |
 * | `POST /api/terminals/:id/connections/:connection` `StreamBatch` | 204, when it was dealt with |
 * | `DELETE /api/terminals/:id/connections/:connection` | 204, the connection is closed |
 *
 * `connection` is a ticket: 128 random bits, good for this learner and this terminal, void when it is not used within
 * `pickUpMs` or for `silenceMs`, and after its end (CONNECTION_GONE). It is made by a request that carries an Origin of the
 * allow-list, as a socket's upgrade does.
 *
 * An event has `id: N` (from 1, without gaps), `event: text | bytes | close` and one line of `data`: the JSON message, the
 * bytes in base64, the close code. Asking for events after N says that those up to N have arrived; an answer that was cut,
 * or never came, is asked for again. One answer at a time: a newer one ends the one before.
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

/** `stream`: the answer stays open. `poll`: it ends with the first events. `glance`: it ends at once, with what there is. */
export const streamWaits = ['stream', 'poll', 'glance'] as const;
export type StreamWait = (typeof streamWaits)[number];

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

export const streamQuerySchema = z.strictObject({
  after: z.coerce.number().pipe(count),
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
