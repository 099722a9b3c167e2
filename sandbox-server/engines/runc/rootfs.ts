/** The sandbox's root: an overlay over an idmapped, read-only mount of the machine tree, upper layer on its own disk. */
import { closeSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { attachMount, cloneMount, mapIds, mount } from './kernel/mounts.ts';
import { readyMountPoints } from './mount-points.ts';
import type { SandboxPaths } from './paths.ts';

export interface RootfsOptions {
  paths: SandboxPaths;
  treePath: string;
  firstHostId: number;
  idMapFd: number;
}

export async function mountRootfs({ paths, treePath, firstHostId, idMapFd }: RootfsOptions): Promise<void> {
  await mkdir(paths.lower, { recursive: true });
  await mkdir(paths.merged, { recursive: true });
  const tree = cloneMount(treePath);
  try {
    mapIds(tree, idMapFd);
    attachMount(tree, paths.lower);
  } finally {
    closeSync(tree);
  }
  const upper = join(paths.disk, 'upper');
  const work = join(paths.disk, 'work');
  const data = `lowerdir=${paths.lower},upperdir=${upper},workdir=${work}`;
  mount({ source: 'overlay', target: paths.merged, type: 'overlay', data });
  await chown(paths.merged, firstHostId, firstHostId);
  await readyMountPoints({ root: paths.merged, owner: firstHostId });
}
