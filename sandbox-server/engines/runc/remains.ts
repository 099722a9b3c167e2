/** What an earlier server left on this host: read from its state directory, the runtime and the cgroups. */
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CgroupHost } from './cgroup/layout.ts';
import type { FoundContainer, Runtime } from './runtime.ts';

export interface RemainsOptions {
  stateDir: string;
  runtimeDir: string;
  runtime: Runtime;
  cgroups: CgroupHost;
  instanceCgroup: string;
}

export interface Remains {
  /** By sandbox id. */
  containers: Map<string, FoundContainer>;
  /** Ids with a folder in the state directory. */
  kept: string[];
  /** Ids without one: half made or half removed. */
  strays: string[];
}

const destroyedSuffix = '.destroyed';

export async function findRemains(options: RemainsOptions): Promise<Remains> {
  const containers = await options.runtime.list();
  const entries = await readdir(options.stateDir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of folders.filter((one) => one.endsWith(destroyedSuffix)))
    await rm(join(options.stateDir, name), { recursive: true, force: true });
  // A dot is in the name of what was set aside.
  const kept = folders.filter((name) => !name.includes('.'));
  const mounted = await readdir(join(options.runtimeDir, 'sb'));
  const charged = await options.cgroups.list(options.instanceCgroup);
  const strays = new Set([...containers.keys(), ...mounted, ...charged]);
  for (const id of kept) strays.delete(id);
  return { containers, kept, strays: [...strays] };
}

/**
 * Takes a sandbox without a readable state file out of the way: nothing here can use it. Kept where a learner's disk lies
 * in it; where there is none, its making was cut off before it began.
 */
export async function setAside({ state, diskImage }: { state: string; diskImage: string }): Promise<void> {
  if (existsSync(diskImage)) await rename(state, `${state}.unreadable-${Date.now()}`);
  else await rm(state, { recursive: true, force: true });
}

/** Renamed first: cut off halfway, what is left is known for rubbish. */
export async function removeForGood(state: string): Promise<void> {
  await rename(state, `${state}${destroyedSuffix}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rm(`${state}${destroyedSuffix}`, { recursive: true, force: true });
}
