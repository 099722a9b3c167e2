/** What is kept of a sandbox on disk, and how: written whole to a new file, flushed, renamed; and once more beside it. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { limitOverridesSchema } from '../../../protocol/limits.ts';
import { networkModes } from '../../../protocol/sandbox-api.ts';

const sandboxStateSchema = z.strictObject({
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
  /**
   * What it should be: a `running` one whose processes are gone was killed with the host; a `gone` one could not be taken
   * apart when it was destroyed.
   */
  wanted: z.enum(['running', 'stopped', 'gone']),
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

/** All of it or nothing: on a full disk both files are as they were. */
export async function writeState(path: string, state: SandboxState): Promise<void> {
  const text = `${JSON.stringify(state, null, 2)}\n`;
  const [fresh, freshCopy] = [`${path}.new`, `${copyOf(path)}.new`];
  try {
    // The copy is not flushed: it only has to outlive the file itself, when that does not outlive a fault of the disk.
    await writeFile(freshCopy, text, { mode: 0o600 });
    const file = await open(fresh, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (error) {
    for (const name of [fresh, freshCopy]) await rm(name, { force: true });
    throw error;
  }
  await rename(fresh, path);
  await rename(freshCopy, copyOf(path));
}

function copyOf(path: string): string {
  return `${path}.copy`;
}

async function readOne(path: string): Promise<SandboxState> {
  return sandboxStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** The file, or its copy where that cannot be read. Throws what is wrong with the file where neither can. */
export async function readState(path: string): Promise<SandboxState> {
  try {
    return await readOne(path);
  } catch (error) {
    const copy = await readOne(copyOf(path)).catch(() => null);
    if (copy !== null) return copy;
    throw error;
  }
}
