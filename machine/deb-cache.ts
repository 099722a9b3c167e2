import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn } from './partial-builds.ts';

/** Of each package in the directory of downloads, removes all but the newest version. */
export async function pruneDebs(debs: string): Promise<void> {
  const newest = new Map<string, { path: string; mtimeMs: number }>();
  for (const fileName of (await namesIn(debs)).filter((each) => each.endsWith('.deb'))) {
    // NAME_VERSION_ARCHITECTURE.deb; apt gives it the time at which the mirror published it.
    const [name, , architecture] = fileName.split('_');
    const key = `${name}_${architecture}`;
    const path = join(debs, fileName);
    const { mtimeMs } = await stat(path);
    const rival = newest.get(key);
    if (rival !== undefined) await rm(rival.mtimeMs < mtimeMs ? rival.path : path);
    if (rival === undefined || rival.mtimeMs < mtimeMs) newest.set(key, { path, mtimeMs });
  }
}
