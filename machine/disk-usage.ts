import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that a directory and all in it take on the disk; a file with several names counts once. */
export async function diskUsage(path: string, seen = new Set<number>()): Promise<number> {
  const stats = await lstat(path);
  if (seen.has(stats.ino)) return 0;
  if (stats.nlink > 1) seen.add(stats.ino);
  let bytes = stats.blocks * 512;
  if (stats.isDirectory()) {
    for (const name of await readdir(path)) bytes += await diskUsage(join(path, name), seen);
  }
  return bytes;
}
