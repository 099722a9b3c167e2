/**
 * Who supervises this instance and what runs under it, in a file anyone may read: for `status`, and for whoever finds the
 * leftovers of a supervisor that was killed.
 */
import { z } from 'zod';
import { writeJsonAtomically } from '../atomic-file.ts';
import { readJson } from '../instance/damaged-file.ts';
import type { Layout } from '../layout.ts';

const identitySchema = z.strictObject({ pid: z.int(), startTicks: z.int() });

/** Another version of this program may have written more. */
const recordSchema = z.object({
  /** `setting-up`: no process runs yet. */
  phase: z.enum(['setting-up', 'running', 'stopping']),
  supervisor: identitySchema,
  /** ISO 8601. */
  since: z.string(),
  /** Of the course; a private sandbox-server has none. */
  address: z.strictObject({ url: z.string(), host: z.string(), port: z.int() }).nullable(),
  processes: z.array(
    z.strictObject({
      name: z.string(),
      status: z.enum(['starting', 'ready', 'waiting', 'stopped']),
      identity: identitySchema.nullable(),
      restarts: z.int(),
    }),
  ),
});
export type SupervisorRecord = z.infer<typeof recordSchema>;

export function writeRecord(layout: Layout, record: SupervisorRecord): void {
  writeJsonAtomically(layout.recordFile, record, { mode: 0o644 });
}

/** Throws STATE_DAMAGED: who runs cannot be told without it. */
export function readRecord(layout: Layout): SupervisorRecord | null {
  const advice = `It says what runs. End what does (ps ax | grep ${layout.runtimeDir}), remove the file, then: chrootcamp start`;
  return readJson(layout.recordFile, recordSchema, advice);
}
