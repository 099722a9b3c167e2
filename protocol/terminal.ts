/**
 * The terminal protocol between browser and portal, version 1.
 *
 * `wss://host/api/terminals/<id>`, subprotocol `chrootcamp.terminal.v1`. Binary frames are raw bytes of the terminal in
 * both directions; text frames are the JSON messages below. Sequence numbers count output bytes since the terminal was
 * opened; after `hello` both sides count on from `hello.seq`. The client's first message is `attach`, within 5 s.
 *
 * `hello.mode`: `resume` continues at `resumeFrom`; `snapshot` and `fresh` ask the client to reset its terminal; for
 * `snapshot` the next binary frame is the serialized screen, worth no sequence numbers.
 * A later `hello` may come at any time, when a browser fell too far behind: it starts the count anew.
 *
 * One viewer of a terminal is its writer: what it types arrives, and its size counts. The others watch: what they type is
 * dropped, and they show the terminal at the size it has (`size`). Who attaches is the writer where nobody else is, or
 * where it names itself as the page that is (`viewer`: the old socket of a page that was cut), or asks `as: 'writer'`;
 * `take` does the same at any later time. Everybody
 * is told who they are (`role`) whenever that, or the number of viewers, changes; first right after `hello`.
 *
 * The same messages travel without a socket where proxies let none through: `stream.ts`.
 */
import { z } from 'zod';

export const terminalSubprotocol = 'chrootcamp.terminal.v1';

export const terminalLimits = {
  /** From the client, bytes a frame. */
  maxFrameBytes: 64 * 1024,
  /**
   * Sent and not yet acknowledged: the PTY is held above `high` and released below `low`. The gap is small, so that the page
   * has work left while what follows is on its way.
   */
  highWaterBytes: 256 * 1024,
  lowWaterBytes: 192 * 1024,
  attachDeadlineMs: 5_000,
  pingIntervalMs: 15_000,
  socketsPerLearner: 8,
} as const;

export const colsSchema = z.int().min(2).max(500);
export const rowsSchema = z.int().min(2).max(500);
const sequenceSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Browser to portal. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('attach'),
    cols: colsSchema,
    rows: rowsSchema,
    resumeFrom: sequenceSchema.optional(),
    /** The page, by a random name of its own: after a cut it gets its seat back, and its old socket is closed (4409). */
    viewer: z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,64}$/)
      .optional(),
    /** `writer`: whoever is; `watcher`: only to look. Where absent: writer if nobody is. */
    as: z.enum(['writer', 'watcher']).optional(),
  }),
  /** Become the writer. */
  z.strictObject({ type: z.literal('take') }),
  /** The writer's page gave up its rows but for the one the cursor is on: no later snapshot is to bring them back. */
  z.strictObject({ type: z.literal('clear') }),
  /** `seq`: every output byte before it has been parsed by the client. */
  z.strictObject({ type: z.literal('ack'), seq: sequenceSchema }),
  z.strictObject({ type: z.literal('resize'), cols: colsSchema, rows: rowsSchema }),
  z.strictObject({ type: z.literal('ping'), t: z.number() }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** A mark that the shell printed: OSC 133, see `machine/tree`. A hint, since any program can print it. */
export interface ShellMark {
  /** From the first row of the snapshot, and of its columns. */
  row: number;
  column: number;
  /** What came after `133;`, at most 300 characters. */
  payload: string;
  /** Milliseconds since 1970, by the portal's clock. */
  atMs: number;
}

/** Portal to browser. */
export type ServerMessage =
  | { type: 'hello'; seq: number; mode: 'resume' | 'snapshot' | 'fresh'; cols: number; rows: number }
  /** After the bytes of a snapshot: the marks in it, oldest first, and the last directory told (OSC 7, as it came). */
  | { type: 'marks'; marks: ShellMark[]; directory: string | null }
  | { type: 'pong'; t: number }
  /** `writerPresent`: somebody writes, oneself or another; where nobody does, `take` disturbs nobody. */
  | { type: 'role'; role: 'writer' | 'watcher'; writerPresent: boolean; viewers: number }
  /** To watchers: the terminal has another size now. */
  | { type: 'size'; cols: number; rows: number }
  | { type: 'exit'; code: number | null; signal: string | null }
  | { type: 'notice'; kind: 'shell-restarted' | 'upstream-lost' | 'upstream-back'; text: string };

/** Portal to sandbox-server, on the Unix socket: `GET /v1/sandboxes/:id/terminals/:tid/attach?from=SEQ`. */
export const upstreamMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ack'), seq: sequenceSchema }),
  z.strictObject({ type: z.literal('resize'), cols: colsSchema, rows: rowsSchema }),
]);
export type UpstreamMessage = z.infer<typeof upstreamMessageSchema>;

/**
 * Sandbox-server to portal. `hello` is first; binary output from `hello.seq` on follows (`hello.seq` is the larger of
 * `from` and the oldest byte still in the log).
 */
export type UpstreamServerMessage =
  | { type: 'hello'; seq: number; end: number; cols: number; rows: number }
  | { type: 'exit'; code: number | null; signal: string | null };
