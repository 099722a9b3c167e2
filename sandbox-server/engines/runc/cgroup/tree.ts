/** Walks over one cgroup hierarchy as a directory tree. */
import { readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENODEV';
}

export async function childCgroups(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(directory, entry.name));
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Host pids in `directory` and below. */
export async function pidsBelow(directory: string, max: number): Promise<number[]> {
  const found: number[] = [];
  const pending = [directory];
  for (let next = pending.pop(); next !== undefined && found.length < max; next = pending.pop()) {
    const text = await readFile(join(next, 'cgroup.procs'), 'utf8').catch((error: unknown) => {
      if (isGone(error)) return '';
      throw error;
    });
    for (const line of text.split('\n')) if (line !== '' && line !== '0') found.push(Number(line));
    pending.push(...(await childCgroups(next)));
  }
  return found.slice(0, max);
}

/** Deepest first. A cgroup whose last process is still being reaped is busy for a moment. */
export async function removeCgroups(directory: string): Promise<void> {
  for (const child of await childCgroups(directory)) await removeCgroups(child);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rmdir(directory);
      return;
    } catch (error) {
      if (isGone(error)) return;
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY' || attempt >= 200) throw error;
      await delay(5);
    }
  }
}
