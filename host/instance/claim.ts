/** An instance's place on this computer: its runtime directory, and in it which ids are its own. */
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';
import { writeJsonAtomically } from '../atomic-file.ts';
import { FileLock } from '../file-lock.ts';
import type { Layout } from '../layout.ts';
import { chooseIdBase } from './id-base.ts';

/** Another version of this program may have written more. */
const claimSchema = z.object({
  instance: z.string(),
  dataDir: z.string(),
  kind: z.enum(['course', 'private']),
  idBase: z.int(),
});
export type Claim = z.infer<typeof claimSchema>;

/** Every instance that has a runtime directory, running or killed. */
export function readClaims(runtimeRoot: string): Claim[] {
  const claims: Claim[] = [];
  for (const name of directoriesIn(runtimeRoot)) {
    const text = readIfThere(path.join(runtimeRoot, name, 'claim.json'));
    if (text !== null) claims.push(claimSchema.parse(JSON.parse(text)));
  }
  return claims;
}

/**
 * Makes the runtime directory and settles the instance's ids. Whoever calls holds `layout.lockFile`.
 *
 * @param inUse the instance has disks whose files belong to the ids it had before: then they cannot change.
 */
export async function claimInstance(options: {
  layout: Layout;
  kind: Claim['kind'];
  inUse: boolean;
  signal: AbortSignal;
}): Promise<Claim> {
  const { layout, kind, inUse, signal } = options;
  using _lock = await FileLock.take(path.join(layout.runtimeRoot, 'lock'), { signal });
  const others = readClaims(layout.runtimeRoot).filter((claim) => claim.instance !== layout.instance);
  const taken = new Set(others.map((claim) => claim.idBase));
  const recorded = recordedIdBase(layout);
  if (recorded !== null && taken.has(recorded) && inUse) {
    const other = others.find((claim) => claim.idBase === recorded)!;
    const message = `the course in ${layout.dataDir} and the one in ${other.dataDir} use the same user ids, and both have learners' machines. Stop the other one first: chrootcamp stop --data ${other.dataDir}`;
    throw new CodedError('HOST_UNSUITABLE', message);
  }
  const keep = recorded !== null && !taken.has(recorded);
  const idBase = keep ? recorded : chooseIdBase({ instance: layout.instance, kind, taken });
  if (idBase === null) {
    const message = `${others.length} instances of the course are on this computer, as many as there are user ids for. Stop one of: ${others.map((claim) => claim.dataDir).join(', ')}`;
    throw new CodedError('HOST_UNSUITABLE', message);
  }
  const claim: Claim = { instance: layout.instance, dataDir: layout.dataDir, kind, idBase };
  writeJsonAtomically(layout.instanceFile, { idBase }, { mode: 0o644 });
  writeJsonAtomically(layout.claimFile, claim, { mode: 0o644 });
  return claim;
}

/** Makes the runtime directory and takes its lock; null where somebody else starts or runs this instance. */
export function enterInstance(layout: Layout): FileLock | null {
  mkdirSync(layout.runtimeRoot, { recursive: true, mode: 0o755 });
  mkdirSync(layout.runtimeDir, { recursive: true, mode: 0o755 });
  return FileLock.tryTake(layout.lockFile);
}

function recordedIdBase(layout: Layout): number | null {
  const text = readIfThere(layout.instanceFile);
  return text === null ? null : z.strictObject({ idBase: z.int() }).parse(JSON.parse(text)).idBase;
}

function directoriesIn(parent: string): string[] {
  if (!existsSync(parent)) return [];
  const entries = readdirSync(parent, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
