/** One bounded look at a cgroup of a sandbox, in the host's own mounts: nothing a learner mounts or links is in between. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RawCgroup } from '../../../../protocol/sandbox-looks.ts';
import { innerPath, type CgroupHierarchy, type CgroupHost } from './layout.ts';

/** What tells limits, use and state; of both versions, each where it is. Each is a few lines, written by the kernel. */
const fileNames = [
  'cgroup.controllers',
  'cgroup.subtree_control',
  'cgroup.freeze',
  'memory.max',
  'memory.high',
  'memory.current',
  'memory.swap.max',
  'memory.events',
  'cpu.max',
  'cpu.weight',
  'cpuset.cpus',
  'pids.max',
  'pids.current',
  'memory.limit_in_bytes',
  'memory.memsw.limit_in_bytes',
  'memory.usage_in_bytes',
  'memory.failcnt',
  'cpu.cfs_quota_us',
  'cpu.cfs_period_us',
  'cpu.shares',
  'freezer.state',
];
const maxFileCharacters = 2_048;
const maxChildren = 100;

export interface ViewCgroup {
  host: CgroupHost;
  /** Of the sandbox, on the host. */
  cgroup: string;
  /** As the sandbox names it, absolute and without `..`. */
  path: string;
}

export function viewCgroup({ host, cgroup, path }: ViewCgroup): RawCgroup {
  const below = join(innerPath(cgroup), path);
  return { version: host.version, hierarchies: host.hierarchies.map((one) => viewIn(one, below)) };
}

function viewIn(
  { mountPoint, controllers }: CgroupHierarchy,
  below: string,
): RawCgroup['hierarchies'][number] {
  const directory = join(mountPoint, below);
  const exists = statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
  const about = { controllers: [...controllers], exists };
  if (!exists) return { ...about, files: {}, children: [] };
  const files = fileNames.flatMap((name) => {
    const text = textOf(join(directory, name));
    return text === null ? [] : [[name, text] as const];
  });
  return { ...about, files: Object.fromEntries(files), children: childrenOf(directory) };
}

/** Null for what this kernel or this version has not, and for what is gone by now. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'latin1').slice(0, maxFileCharacters);
  } catch {
    return null;
  }
}

function childrenOf(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).slice(0, maxChildren);
  } catch {
    // Removed meanwhile.
    return [];
  }
}
