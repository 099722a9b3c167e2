import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { archivesOf } from './debian/bootstrap.ts';
import { type MachinePaths, partialSuffix, replacedInfix } from './machine-paths.ts';

/** Fills a directory under a provisional name and gives it its own only once it is whole, in the place of an older one. */
export async function buildAtomically<T>(
  target: string,
  build: (directory: string) => Promise<T>,
): Promise<T> {
  const partial = `${target}${partialSuffix}`;
  await mkdir(partial, { recursive: true });
  const result = await build(partial);
  if (await exists(target)) await rename(target, `${target}${replacedInfix}${Date.now()}`);
  await rename(partial, target);
  return result;
}

/**
 * Removes what interrupted builds left, after saving the packages they had downloaded. Only under the build lock. Their
 * processes and mounts ended with them (see `runCommand`).
 */
export async function removePartialBuilds(paths: MachinePaths): Promise<string[]> {
  const partials = [...(await partialsIn(paths.trees)), ...(await imagePartials(paths.images))];
  for (const partial of partials) {
    await saveDownloads(partial, paths.packages.archives);
    await rm(partial, { recursive: true, force: true });
  }
  return partials;
}

async function imagePartials(imagesDir: string): Promise<string[]> {
  const partials: string[] = [];
  for (const name of await namesIn(imagesDir)) partials.push(...(await partialsIn(join(imagesDir, name))));
  return partials;
}

async function partialsIn(directory: string): Promise<string[]> {
  return (await namesIn(directory))
    .filter((name) => name.endsWith(partialSuffix))
    .map((name) => join(directory, name));
}

/** apt renames a package to its own name once it is whole and its checksum right. */
async function saveDownloads(partial: string, debs: string): Promise<void> {
  for (const rootfs of [
    join(partial, 'rootfs'),
    join(partial, 'work/rootfs'),
    join(partial, 'work/package'),
  ]) {
    const archives = archivesOf(rootfs);
    for (const name of (await namesIn(archives)).filter((each) => each.endsWith('.deb'))) {
      await mkdir(debs, { recursive: true });
      await rename(join(archives, name), join(debs, name));
    }
  }
}

export async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
