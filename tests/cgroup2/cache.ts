/** What is kept between runs, in one directory: the guest and the disks, each named by what it is made of. */
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BuiltMachine } from '../../machine/build.ts';
import { buildGuest, type Guest } from './vm/guest.ts';
import { buildMachineDisks } from './vm/machine-disks.ts';

const kinds = /^(guest|tree|registry)-/;

export interface CachedParts {
  guest: Guest;
  /** Disk images. */
  tree: string;
  registry: string;
}

/** Builds what is missing, and removes what an earlier recipe made. */
export async function buildCachedParts(options: {
  cacheDir: string;
  machine: BuiltMachine;
  signal: AbortSignal;
  onProgress: (words: string) => void;
}): Promise<CachedParts> {
  const { cacheDir } = options;
  const guest = await buildGuest(options);
  options.onProgress('disks of the machine and the registry');
  const { tree, registry } = await buildMachineDisks(options);
  const current = new Set([basename(dirname(guest.disk)), basename(tree), basename(registry)]);
  for (const name of await readdir(cacheDir)) {
    if (kinds.test(name) && !current.has(name)) await rm(join(cacheDir, name), { recursive: true });
  }
  return { guest, tree, registry };
}
