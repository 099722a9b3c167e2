/** What a sandbox costs the host: read from the kernel, its processes' own words are not asked. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Footprint } from '../../engine.ts';
import { hierarchyOf, type CgroupHost } from './cgroup/layout.ts';

interface ProcessCost {
  memoryBytes: number;
  threads: number;
}

function kilobytes(rollup: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0) * 1024;
}

/** Memory of the kernel on the sandbox's account: page tables, inodes, sockets. 0 where it does not say. */
async function kernelMemory({ cgroups, cgroup }: FootprintOptions): Promise<number> {
  const hierarchy = hierarchyOf(cgroups, 'memory');
  if (hierarchy === undefined) return 0;
  const file = cgroups.version === 'v2' ? 'memory.stat' : 'memory.kmem.usage_in_bytes';
  const text = await readFile(join(hierarchy.mountPoint, cgroup, file), 'latin1').catch(() => '');
  return Number(/^(?:kernel )?(\d+)$/m.exec(text)?.[1] ?? 0);
}

async function costOf(pid: number): Promise<ProcessCost> {
  const directory = `/proc/${pid}`;
  const [rollup, status] = await Promise.all([
    readFile(`${directory}/smaps_rollup`, 'latin1'),
    readFile(`${directory}/status`, 'latin1'),
  ]);
  return {
    memoryBytes: kilobytes(rollup, 'Pss_Anon') + kilobytes(rollup, 'Pss_Shmem'),
    threads: Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1] ?? 1),
  };
}

export interface FootprintOptions {
  hostPids: number[];
  diskImage: string;
  cgroups: CgroupHost;
  /** Path of the sandbox's in every hierarchy. */
  cgroup: string;
}

export async function footprint(options: FootprintOptions): Promise<Footprint> {
  const { hostPids, diskImage } = options;
  const [kernelBytes, costs, { blocks }] = await Promise.all([
    kernelMemory(options),
    // One that ends meanwhile costs nothing any more.
    Promise.all(hostPids.map((pid) => costOf(pid).catch(() => null))),
    stat(diskImage),
  ]);
  const living = costs.filter((cost) => cost !== null);
  const sum = (of: (cost: ProcessCost) => number): number =>
    living.reduce((total, cost) => total + of(cost), 0);
  return {
    memoryBytes: kernelBytes + sum((cost) => cost.memoryBytes),
    diskBytes: blocks * 512,
    processes: living.length,
    threads: sum((cost) => cost.threads),
  };
}
