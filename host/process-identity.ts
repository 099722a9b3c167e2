/** Tells a process from a later one that was given the same pid. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface ProcessIdentity {
  pid: number;
  /** Start in clock ticks since boot, field 22 of /proc/PID/stat. */
  startTicks: number;
}

export function identifyProcess(pid: number): ProcessIdentity | null {
  const stat = readProc(pid, 'stat');
  if (stat === null) return null;
  // The name, field 2, may hold spaces and parentheses: count from its last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = Number(fields[19]);
  return fields[0] === 'Z' || !Number.isSafeInteger(startTicks) ? null : { pid, startTicks };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startTicks === identity.startTicks;
}

/** Arguments joined by spaces; empty where there is no such process. */
export function commandLineOf(pid: number): string {
  return (readProc(pid, 'cmdline') ?? '').split('\0').join(' ').trim();
}

/**
 * Ends a process that is no child of ours: SIGTERM, and SIGKILL when it is still there after `graceMs`. Resolves when it
 * is gone.
 */
export async function endProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  const killAt = Date.now() + graceMs;
  if (!isAlive(identity)) return;
  process.kill(identity.pid, 'SIGTERM');
  let killed = false;
  while (isAlive(identity)) {
    if (!killed && Date.now() >= killAt) {
      process.kill(identity.pid, 'SIGKILL');
      killed = true;
    }
    // The kernel tells only a parent of its children's end.
    await delay(20);
  }
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}
