/** What an earlier server left on this host: read from its state directory, the runtime and the cgroups. */
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CgroupHost } from './cgroup/layout.ts';
import type { Runtime } from './runtime.ts';

export interface RemainsOptions {
  stateDir: string;
  runtimeDir: string;
  runtime: Runtime;
  cgroups: CgroupHost;
  instanceCgroup: string;
}

export interface Remains {
  /** Host pid of PID 1 by sandbox id. */
  running: Map<string, number>;
  /** Ids with a folder in the state directory. */
  kept: string[];
  /** Ids without one: half made or half removed. */
  strays: string[];
}

export async function findRemains(options: RemainsOptions): Promise<Remains> {
  const running = await options.runtime.list();
  const entries = await readdir(options.stateDir, { withFileTypes: true });
  // A dot is in the name of what was set aside.
  const kept = entries
    .filter((entry) => entry.isDirectory() && !entry.name.includes('.'))
    .map(({ name }) => name);
  const mounted = await readdir(join(options.runtimeDir, 'sb'));
  const charged = await options.cgroups.list(options.instanceCgroup);
  const strays = new Set([...running.keys(), ...mounted, ...charged]);
  for (const id of kept) strays.delete(id);
  return { running, kept, strays: [...strays] };
}

/** Kept, since a learner's disk may lie in it; out of the way, since nothing here can use it. */
export async function setAside(directory: string): Promise<void> {
  await rename(directory, `${directory}.unreadable-${Date.now()}`);
}
