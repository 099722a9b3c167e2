/** An instance's place on this computer: its runtime directory, and in it which ids are its own. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';
import { writeJsonAtomically } from '../atomic-file.ts';
import { FileLock } from '../file-lock.ts';
import type { Layout } from '../layout.ts';
import { mountsBelow } from './clear-runtime.ts';
import { readJson } from './damaged-file.ts';
import { chooseIdBase } from './id-base.ts';
import { recordedIdBase } from './recorded-id-base.ts';

/** Another version of this program may have written more. */
const claimSchema = z.object({
  instance: z.string(),
  dataDir: z.string(),
  kind: z.enum(['course', 'private']),
  idBase: z.int(),
});
export type Claim = z.infer<typeof claimSchema>;

/** What else says so, where a claim is damaged: the sandbox-server's configuration. */
const serverConfigSchema = z.object({ idBase: z.int(), stateDir: z.string() });

/**
 * Every instance that has a runtime directory, running or killed. Throws STATE_DAMAGED for one that has machines and does
 * not say which ids are its own.
 */
export function readClaims(runtimeRoot: string, options: ReadClaims = {}): Claim[] {
  const names = directoriesIn(runtimeRoot).filter((name) => name !== options.but);
  return names.flatMap((name) => readClaim(path.join(runtimeRoot, name), options) ?? []);
}

export interface ReadClaims {
  /** An instance that is left out. */
  but?: string;
  /** One that says nothing is left out instead of thrown: for who does not ask for its ids. */
  skipDamaged?: boolean;
}

function readClaim(runtimeDir: string, { skipDamaged = false }: ReadClaims): Claim | null {
  const instance = path.basename(runtimeDir);
  try {
    return readJson(path.join(runtimeDir, 'claim.json'), claimSchema, '');
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const advice = `Its course has machines, and their user ids must not be given to others: stop it (chrootcamp stop --data DIR), or restart this computer`;
    const config = configOf(path.join(runtimeDir, 'sandbox-server.json'));
    // Never `private`: those are cleared away by whoever finds them.
    if (config !== null)
      return { instance, kind: 'course', idBase: config.idBase, dataDir: path.dirname(config.stateDir) };
    const isUsed = FileLock.isLocked(path.join(runtimeDir, 'lock')) || mountsBelow(runtimeDir).length > 0;
    if (!isUsed || skipDamaged) return null;
    throw new CodedError(error.code, `${error.message}${advice}`, { cause: error });
  }
}

function configOf(file: string): z.infer<typeof serverConfigSchema> | null {
  try {
    return readJson(file, serverConfigSchema, '');
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
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
  /** Told of a file that was damaged, and what was done about it. */
  onDamage?: (message: string) => void;
  signal: AbortSignal;
}): Promise<Claim> {
  const { layout, kind, inUse, onDamage = warn, signal } = options;
  using _lock = await FileLock.take(path.join(layout.runtimeRoot, 'lock'), { signal });
  const others = readClaims(layout.runtimeRoot, { but: layout.instance });
  const taken = new Set(others.map((claim) => claim.idBase));
  const recorded = recordedIdBase(layout, onDamage);
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

function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}

function directoriesIn(parent: string): string[] {
  if (!existsSync(parent)) return [];
  const entries = readdirSync(parent, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
