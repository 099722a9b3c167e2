/**
 * Walks over one cgroup hierarchy as a directory tree. A learner owns the lower part of it, and may nest it deeper than
 * any path can be long: so one goes from directory to directory by descriptor, with one open at a time.
 */
import { constants, type Dirent } from 'node:fs';
import { open, readdir, readFile, rmdir, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const busyRetries = 200;

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENODEV';
}

/** What `work` gives, or `otherwise` where the cgroup is gone meanwhile. */
async function unlessGone<T, O>(work: Promise<T>, otherwise: O): Promise<T | O> {
  try {
    return await work;
  } catch (error) {
    if (isGone(error)) return otherwise;
    throw error;
  }
}

const namesOf = (entries: Dirent[]) => entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const subdirectories = async (path: string) =>
  namesOf(await unlessGone(readdir(path, { withFileTypes: true }), []));
const pathOf = (directory: FileHandle) => `/proc/self/fd/${directory.fd}`;
const openDirectory = (path: string) => unlessGone(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), null);

interface Visitor {
  /** Before what is below it; `false` ends the walk. The path is good until it resolves. */
  enter?: (path: string) => Promise<boolean | void>;
  /** After what is below it. */
  leave?: (path: string) => Promise<void>;
}

/** Everything below `directory`, and by `enter` that itself. */
async function walk(directory: string, { enter, leave }: Visitor): Promise<void> {
  let here = await openDirectory(directory);
  if (here === null) return;
  try {
    if ((await enter?.(pathOf(here))) === false) return;
    const levels = [{ name: '', pending: await subdirectories(pathOf(here)) }];
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const name = level.pending.pop();
      const next = await openDirectory(`${pathOf(here)}/${name ?? '..'}`);
      if (next === null) {
        // A name that is gone is passed over; without a way up there is nowhere to go on from.
        if (name === undefined) return;
        continue;
      }
      await here.close();
      here = next;
      if (name !== undefined) {
        if ((await enter?.(pathOf(here))) === false) return;
        levels.push({ name, pending: await subdirectories(pathOf(here)) });
        continue;
      }
      levels.pop();
      if (levels.length === 0) return;
      await leave?.(`${pathOf(here)}/${level.name}`);
    }
  } finally {
    await here.close();
  }
}

export async function childCgroups(directory: string): Promise<string[]> {
  return (await subdirectories(directory)).map((name) => join(directory, name));
}

/** A threaded cgroup of v2 cannot be read (ENOTSUP): its processes are told by the domain that it is part of. */
function readProcesses(path: string): Promise<string> {
  return readFile(join(path, 'cgroup.procs'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTSUP') return '';
    throw error;
  });
}

/** Host pids in `directory` and below. A learner can make cgroups by the ten thousand: looking ends at `maxVisited`. */
export async function pidsBelow(directory: string, max: number, maxVisited = 2_000): Promise<number[]> {
  const found: number[] = [];
  let visited = 0;
  await walk(directory, {
    async enter(path) {
      const text = await unlessGone(readProcesses(path), '');
      for (const line of text.split('\n')) if (line !== '' && line !== '0') found.push(Number(line));
      visited += 1;
      return found.length < max && visited < maxVisited;
    },
  });
  return found.slice(0, max);
}

/** How many there are below `directory`; counting ends at `max`. A directory's links tell how many it holds. */
export async function countBelow(directory: string, max: number): Promise<number> {
  let found = 0;
  await walk(directory, {
    async enter(path) {
      found += (await unlessGone(stat(path), { nlink: 2 })).nlink - 2;
      return found < max;
    },
  });
  return Math.min(found, max);
}

/** Writes to the file `name` of `directory` and of every cgroup below. */
export async function writeBelow(directory: string, name: string, value: string): Promise<void> {
  await walk(directory, {
    enter: (path) => unlessGone(writeFile(join(path, name), value), undefined),
  });
}

/** A cgroup whose last process is still being reaped is busy for a moment. */
async function removeOne(path: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await unlessGone(rmdir(path), undefined);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY' || attempt >= busyRetries) throw error;
      await delay(5);
    }
  }
}

/** With all that is below, deepest first. */
export async function removeCgroups(directory: string): Promise<void> {
  await walk(directory, { leave: removeOne });
  await removeOne(directory);
}
