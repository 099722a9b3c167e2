/** A root filesystem with Docker, Podman and Incus as Debian 13 has them: fetched when asked for, never installed. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from '../../machine/debian/bootstrap.ts';
import { fetchLists } from '../../machine/debian/package-lists.ts';
import { buildAtomically } from '../../machine/partial-builds.ts';
import { hashRecipe } from '../../machine/recipe-hash.ts';
import { readPackageSources } from '../../machine/sources/package-sources.ts';

const packages = [
  'docker.io',
  'docker-cli',
  'podman',
  'incus-base',
  'incus-client',
  'crun',
  'runc',
  'btrfs-progs',
  'iptables',
  'tini',
];

/** Where daemons keep their data, and where the learners' tree is to be seen. */
const directories = ['var/lib/docker', 'var/lib/containers', 'var/lib/incus', 'machine', 'mnt'];

export interface FetchOptions {
  /** Below the data directory; the packages are kept there as well. */
  directory: string;
  onStep: (words: string) => void;
  signal: AbortSignal;
}

async function placeIn(directory: string): Promise<string> {
  return join(directory, `debian-${await hashRecipe({ paths: [import.meta.filename], inputs: packages })}`);
}

/** Null where it was not fetched yet. */
export async function findRivalTree(directory: string): Promise<string | null> {
  const rootfs = join(await placeIn(directory), 'rootfs');
  return existsSync(rootfs) ? rootfs : null;
}

/** From the host's own mirrors, once: a minute, and 650 MB. Needs root. */
export async function fetchRivalTree({ directory, onStep, signal }: FetchOptions): Promise<string> {
  const found = await findRivalTree(directory);
  if (found !== null) return found;
  const place = await placeIn(directory);
  const cache = { archives: join(directory, 'packages/debs'), apt: join(directory, 'packages/apt') };
  const sources = await readPackageSources();
  await mkdir(directory, { recursive: true });
  await rm(`${place}.partial`, { recursive: true, force: true });
  await buildAtomically(place, async (partial) => {
    onStep('fetching Docker, Podman and Incus into a tree of their own');
    await fetchLists({ cache, sources, signal });
    const rootfs = join(partial, 'rootfs');
    await bootstrap({ rootfs, variant: 'minbase', packages, sources, cache, signal, onProgress: onStep });
    for (const path of directories) await mkdir(join(rootfs, path), { recursive: true });
    await chmod(partial, 0o755);
  });
  await rm(join(directory, 'packages'), { recursive: true });
  return join(place, 'rootfs');
}
