import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a layer on top of another must hold. Paths are relative to the root, sorted, `.` being the root itself. */
export interface LayerChanges {
  /** New or changed entries and every directory above them, so that those keep their mode and owner. */
  present: string[];
  /** Entries of the base that are gone; of a directory only itself. */
  removed: string[];
}

/**
 * Compares two root filesystems by type, mode, owner, link target and content. Without a base everything is a change.
 * Contents of directories that a runtime mounts over are left out.
 */
export async function findChanges(rootfs: string, baseRootfs: string | null): Promise<LayerChanges> {
  const present = new Set<string>();
  const removed: string[] = [];

  async function compare(directory: string): Promise<void> {
    const names = await readdir(join(rootfs, directory));
    const baseNames = baseRootfs === null ? [] : await namesIn(join(baseRootfs, directory));
    removed.push(...baseNames.filter((name) => !names.includes(name)).map((name) => join(directory, name)));
    for (const name of names) {
      const path = join(directory, name);
      const stats = await lstat(join(rootfs, path));
      if (baseRootfs === null || (await differs(join(rootfs, path), stats, join(baseRootfs, path)))) {
        for (let each = path; each !== '.'; each = dirname(each)) present.add(each);
      }
      if (stats.isDirectory() && !mountPoints.has(path)) await compare(path);
    }
  }

  await compare('.');
  return { present: [...present].sort(), removed: removed.sort() };
}

const mountPoints = new Set(['dev', 'proc', 'sys']);

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

async function differs(path: string, stats: Stats, basePath: string): Promise<boolean> {
  const base = await lstat(basePath).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (base === null || base.mode !== stats.mode || base.uid !== stats.uid || base.gid !== stats.gid)
    return true;
  if (stats.isSymbolicLink()) return (await readlink(path)) !== (await readlink(basePath));
  if (!stats.isFile()) return false;
  // Times prove nothing: installing sets them back, and two writes may fall into one tick of the clock.
  return base.size !== stats.size || !(await readFile(path)).equals(await readFile(basePath));
}
