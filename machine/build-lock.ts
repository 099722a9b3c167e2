import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { CodedError } from '../protocol/errors.ts';

/** Held by the one process that builds; released when disposed, and void once that process is gone. */
export interface BuildLock {
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** Throws ALREADY_RUNNING while another living process holds it. */
export async function takeBuildLock(path: string): Promise<BuildLock> {
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, JSON.stringify({ pid: process.pid, startTicks: await startTicks(process.pid) }));
  try {
    // A link is made whole or not at all, so that nobody ever reads a half-written lock.
    while (!(await tryLink(mine, path))) {
      const holder = await readHolder(path);
      if (holder !== null && (await startTicks(holder.pid)) === holder.startTicks) {
        throw new CodedError(
          'ALREADY_RUNNING',
          `Process ${holder.pid} is building this machine already. Wait for it to end, or stop it.`,
        );
      }
      await rm(path, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<{ pid: number; startTicks: string | null } | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as { pid: number; startTicks: string | null };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Field 22 of /proc/PID/stat, which tells a reused pid; null when there is no such process. */
async function startTicks(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
