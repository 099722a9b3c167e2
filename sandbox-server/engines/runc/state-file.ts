/** What is kept of a sandbox on disk, and how: written whole to a new file, flushed, renamed. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { limitOverridesSchema } from '../../../protocol/limits.ts';
import { networkModes } from '../../../protocol/sandbox-api.ts';

export const sandboxStateSchema = z.strictObject({
  version: z.literal(1),
  id: z.string(),
  network: z.enum(networkModes),
  /** First host id of its leased range. */
  firstHostId: z.int(),
  createdAt: z.iso.datetime(),
  bootId: z.string(),
  /** Those it was asked for with; the others are as the server has them now. */
  limits: limitOverridesSchema.default({}),
  pooled: z.boolean(),
  /** What it should be: a `running` one whose processes are gone was killed with the host. */
  wanted: z.enum(['running', 'stopped']),
});
export type SandboxState = z.infer<typeof sandboxStateSchema>;

export function newBootId(): string {
  return randomBytes(6).toString('hex');
}

/** Of one that is being made; nobody has been given it yet. */
export function newState(
  facts: Pick<SandboxState, 'id' | 'network' | 'firstHostId' | 'limits'>,
): SandboxState {
  const createdAt = new Date().toISOString();
  return { version: 1, ...facts, createdAt, bootId: newBootId(), pooled: true, wanted: 'running' };
}

export async function writeState(path: string, state: SandboxState): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** Throws where the file is missing, half-written or of another version. */
export async function readState(path: string): Promise<SandboxState> {
  return sandboxStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}
