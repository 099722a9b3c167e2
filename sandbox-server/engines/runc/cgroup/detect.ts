/** Which cgroups this host has, from its mount table (proc_pid_mountinfo(5)). */
import { readFile } from 'node:fs/promises';
import { CodedError } from '../../../../protocol/errors.ts';
import type { CgroupHost } from './layout.ts';
import { createV1Host } from './v1.ts';
import { createV2Host } from './v2.ts';

const knownControllers = new Set(
  'cpu cpuacct cpuset memory devices freezer blkio pids net_cls net_prio perf_event hugetlb rdma misc'.split(
    ' ',
  ),
);

export interface CgroupMounts {
  /** Controller, or `name=…`, to mount point. */
  v1: Map<string, string>;
  v2: string | null;
}

export function parseCgroupMounts(mountinfo: string): CgroupMounts {
  const mounts: CgroupMounts = { v1: new Map(), v2: null };
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ');
    const mountPoint = before?.split(' ')[4];
    const [type, , superOptions] = after?.split(' ') ?? [];
    if (mountPoint === undefined) continue;
    if (type === 'cgroup2' && mounts.v2 === null) mounts.v2 = mountPoint;
    if (type !== 'cgroup') continue;
    for (const option of superOptions?.split(',') ?? []) {
      if (knownControllers.has(option) || option.startsWith('name=')) mounts.v1.set(option, mountPoint);
    }
  }
  return mounts;
}

/** A hybrid host, whose controllers are bound to v1 hierarchies, counts as v1. */
export async function detectCgroupHost(): Promise<CgroupHost> {
  const { v1, v2 } = parseCgroupMounts(await readFile('/proc/self/mountinfo', 'utf8'));
  if (v1.has('memory') && v1.has('pids')) return createV1Host(v1, v2);
  if (v2 !== null) {
    const controllers = (await readFile(`${v2}/cgroup.controllers`, 'utf8')).trim().split(' ');
    if (controllers.includes('memory') && controllers.includes('pids')) return createV2Host(v2);
  }
  const message =
    'found no cgroup hierarchy with the memory and pids controllers; mount cgroup2 at /sys/fs/cgroup';
  throw new CodedError('HOST_UNSUITABLE', message);
}
