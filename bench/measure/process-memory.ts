/** Memory of processes as the host accounts it. */
import { readdirSync, readFileSync } from 'node:fs';

export interface HostProcess {
  pid: number;
  /** /proc/PID/cgroup. */
  cgroup: string;
  /** Words separated by zero bytes. */
  command: string;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // It ended meanwhile.
    return '';
  }
}

export function hostProcesses(): HostProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      cgroup: read(`/proc/${name}/cgroup`),
      command: read(`/proc/${name}/cmdline`),
    }));
}

/** Proportional set sizes added up, MB: memory shared with other processes counts in part. */
export function proportionalMegabytes(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => /^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return kilobytes.reduce<number>((sum, one) => sum + Number(one), 0) / 1024;
}

export function availableMegabytes(): number {
  return Number(/^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1]) / 1024;
}

/** 0 where it has ended. */
export function parentOf(pid: number): number {
  // After the name, which may hold anything, in brackets.
  const after = read(`/proc/${pid}/stat`).split(') ').at(-1) ?? '';
  return Number(after.split(' ')[1] ?? 0);
}

/** Of these processes and all that they started. */
export function treeMegabytes(roots: readonly number[]): number {
  const parents = new Map(hostProcesses().map(({ pid }) => [pid, parentOf(pid)]));
  const isOfTree = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
      if (roots.includes(at)) return true;
    return false;
  };
  return proportionalMegabytes([...parents.keys()].filter(isOfTree));
}
