/** What a sandbox costs the host: read from the kernel, its processes' own words are not asked. */
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import type { Footprint } from '../../engine.ts';

interface ProcessCost {
  memoryBytes: number;
  threads: number;
  inotifyInstances: number;
}

async function costOf(pid: number): Promise<ProcessCost> {
  const directory = `/proc/${pid}`;
  const [rollup, status, fds] = await Promise.all([
    readFile(`${directory}/smaps_rollup`, 'latin1'),
    readFile(`${directory}/status`, 'latin1'),
    readdir(`${directory}/fd`),
  ]);
  const links = await Promise.all(fds.map((fd) => readlink(`${directory}/fd/${fd}`).catch(() => '')));
  return {
    memoryBytes: Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024,
    threads: Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1] ?? 1),
    inotifyInstances: links.filter((link) => link === 'anon_inode:inotify').length,
  };
}

export interface FootprintOptions {
  hostPids: number[];
  diskImage: string;
}

export async function footprint({ hostPids, diskImage }: FootprintOptions): Promise<Footprint> {
  const [costs, { blocks }] = await Promise.all([
    // One that ends meanwhile costs nothing any more.
    Promise.all(hostPids.map((pid) => costOf(pid).catch(() => null))),
    stat(diskImage),
  ]);
  const living = costs.filter((cost) => cost !== null);
  const sum = (of: (cost: ProcessCost) => number): number =>
    living.reduce((total, cost) => total + of(cost), 0);
  return {
    memoryBytes: sum((cost) => cost.memoryBytes),
    diskBytes: blocks * 512,
    processes: living.length,
    threads: sum((cost) => cost.threads),
    inotifyInstances: sum((cost) => cost.inotifyInstances),
  };
}
