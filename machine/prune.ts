import { rm } from 'node:fs/promises';
import { takeBuildLock } from './build-lock.ts';
import { pruneDebs } from './deb-cache.ts';
import { listMachines, type MachineEntry } from './list.ts';
import { machinePaths } from './machine-paths.ts';
import { exists } from './partial-builds.ts';
import { collectRegistryGarbage } from './registry/collect-garbage.ts';

export interface PruneOptions {
  machineDir: string;
  /** The tree to keep, `BuiltMachine.hash`. */
  keepHash: string;
  /** Hashes of the trees that sandboxes, also stopped ones, are made of. */
  inUse: readonly string[];
}

/**
 * Removes trees that are neither kept nor in use, images that are not part of the last build, what interrupted builds
 * left, superseded packages, and what the registry no longer serves. Answers what was removed. Throws ALREADY_RUNNING
 * during a build.
 */
export async function pruneMachines(options: PruneOptions): Promise<MachineEntry[]> {
  const paths = machinePaths(options.machineDir);
  if (!(await exists(options.machineDir))) return [];
  await using _lock = await takeBuildLock(paths.lock);
  const garbage = (await listMachines(options)).filter((entry) => !isKept(entry, options));
  for (const { path } of garbage) await rm(path, { recursive: true, force: true });
  await pruneDebs(paths.packages.archives);
  if (await exists(paths.registry)) await collectRegistryGarbage(paths.registry);
  return garbage;
}

function isKept(entry: MachineEntry, { inUse, keepHash }: PruneOptions): boolean {
  if (entry.state === 'interrupted') return false;
  if (entry.kind === 'image') return entry.current;
  return inUse.includes(entry.hash) || (entry.state === 'finished' && entry.hash === keepHash);
}
