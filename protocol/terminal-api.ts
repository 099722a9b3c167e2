/**
 * A learner's terminals over HTTP, beside their sockets (`terminal.ts`).
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /api/terminals` | `{ terminals: TerminalTab[] }`, oldest first |
 * | `POST /api/terminals` `{ cols, rows, name? }` | 201 `TerminalTab` |
 * | `PATCH /api/terminals/:id` `{ name }` | `TerminalTab`; `null` takes the name away |
 * | `DELETE /api/terminals/:id` | 204 |
 * | `POST /api/terminals/:id/run` `RunRequest` | 202 `RunAnswer`, when the first line is typed. NOT_AT_PROMPT, RUN_BUSY, RUN_BLOCK_UNKNOWN, RUN_BLOCK_CHANGED |
 * | `GET /api/terminals/:id` Upgrade | the terminal's socket |
 * | `POST /api/terminals/:id/connections` | 201 `{ connection }`: the same protocol without a socket (`stream.ts`) |
 */
import { z } from 'zod';
import { lessonIdSchema } from './ids.ts';
import type { TerminalView } from './sandbox-api.ts';
import { colsSchema, rowsSchema } from './terminal.ts';

export interface TerminalTab extends TerminalView {
  /** What the learner called it, on whichever device; null for none. */
  name: string | null;
  /** Pages that look at it now. */
  viewers: number;
}

/** One line of text that a learner typed: no control characters, nothing that turns the direction of writing. */
export const terminalNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'expected one line without control characters');

export const openTerminalRequestSchema = z.strictObject({
  cols: colsSchema,
  rows: rowsSchema,
  name: terminalNameSchema.optional(),
});

export const renameTerminalRequestSchema = z.strictObject({ name: terminalNameSchema.nullable() });

/** Runs a block of a lesson: named, never quoted, so that a page cannot be made to run anything else. */
export const runRequestSchema = z.strictObject({
  lesson: lessonIdSchema,
  /** Counts every fenced block of the lesson, from 0. */
  block: z.int().min(0).max(10_000),
  /** `digestOf` what the page shows; refused where the course has come to say something else there. */
  digest: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits'),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

export interface RunAnswer {
  /** How many lines will be typed, each when the one before has ended; a key of the learner's stops them. */
  lines: number;
}
