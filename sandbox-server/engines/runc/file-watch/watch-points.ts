/**
 * Which directories and files are to be watched for a path to be followed: each directory on its way, for the next name
 * in it, and what it names itself. Where the path ends early, the nearest directory that is there waits for the rest.
 */
import { closeSync, fstatSync } from 'node:fs';
import { isReadable } from '../file-view.ts';
import { SystemCallError } from '../kernel/libc.ts';
import { openFlags, openInRoot } from '../kernel/open-in-root.ts';

export interface WatchPoint {
  /** As the sandbox names it: the beginning of the paths it is watched for. */
  at: string;
  /** Which paths an event means, by the name it is about; null: every event. */
  interests: { path: string; name: string | null }[];
}

/** For several paths; those on the way of more than one come once. At most `most`. */
export function watchPoints(paths: readonly string[], most: number): WatchPoint[] {
  const points = new Map<string, WatchPoint>();
  for (const path of paths) {
    const names = path.split('/').filter((name) => name !== '' && name !== '.');
    for (let depth = 0; depth <= names.length; depth += 1) {
      const at = `/${names.slice(0, depth).join('/')}`;
      const point = points.get(at) ?? { at, interests: [] };
      point.interests.push({ path, name: names[depth] ?? null });
      points.set(at, point);
    }
  }
  return [...points.values()].slice(0, most);
}

/**
 * Calls `watch` with a path of this process that names what is at the point, while it is called; null where there is
 * nothing that can be watched. A learner's links lead where they lead inside, as in every look.
 */
export function withPoint<T>(rootFd: number, at: string, watch: (ownPath: string) => T): T | null {
  let fd: number;
  try {
    fd = openInRoot({ rootFd, path: at, flags: openFlags.path });
  } catch (error) {
    // Not there, no directory on the way, a loop of links: the point before it tells when that changes.
    if (error instanceof SystemCallError) return null;
    throw error;
  }
  try {
    const stats = fstatSync(fd);
    // procfs and the like tell nobody of their changes.
    if (!(stats.isDirectory() || stats.isFile()) || !isReadable(fd)) return null;
    return watch(`/proc/self/fd/${fd}`);
  } finally {
    closeSync(fd);
  }
}
