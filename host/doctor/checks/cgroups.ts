import { existsSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import type { Check } from '../check.ts';

const neededControllers = ['cpu', 'memory', 'pids'];

interface CgroupFacts {
  /** `hybrid`: controllers on version 1, a version 2 tree beside them. */
  version: 'v1' | 'hybrid' | 'v2' | 'none';
  controllers: string[];
  /** Null where a group could be made, else why not. */
  fault: string | null;
}

export const cgroupsCheck: Check<CgroupFacts> = {
  name: 'cgroups',
  needed: `cgroup v2 or v1 with ${neededControllers.join(', ')}, to limit each machine`,
  needsRoot: true,
  look: async () => {
    const facts = readCgroupMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
    return { ...facts, fault: tryGroup(facts.groupParent) };
  },
  judge({ version, controllers, fault }) {
    const missing = neededControllers.filter((name) => !controllers.includes(name));
    const has = `${version === 'none' ? 'no cgroups' : `cgroup ${version}`} with ${controllers.join(', ') || 'no controllers'}`;
    if (version === 'none' || missing.length > 0) {
      const mend = `Boot with ${missing.includes('memory') ? 'cgroup_enable=memory' : 'cgroups'} enabled${version === 'none' ? '; in a container: mount /sys/fs/cgroup' : ''}`;
      return { status: 'fail', found: has, mend };
    }
    if (fault !== null) {
      const mend = 'In a container: run it privileged, or with /sys/fs/cgroup mounted writable';
      return { status: 'fail', found: `${has}, not writable: ${fault}`, mend };
    }
    return { status: 'ok', found: `${has}, writable` };
  },
};

/** From the text of mountinfo; `groupParent` is where a group with a memory limit would be made. */
export function readCgroupMounts(
  mountInfo: string,
): Pick<CgroupFacts, 'version' | 'controllers'> & { groupParent: string | null } {
  const controllers: string[] = [];
  let unified: string | null = null;
  let memory: string | null = null;
  for (const line of mountInfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const point = left.split(' ')[4]!;
    const [type, , options = ''] = right.split(' ');
    if (type === 'cgroup2') unified = point;
    if (type !== 'cgroup') continue;
    const names = options
      .split(',')
      .filter((option) => option !== 'rw' && option !== 'ro' && !option.includes('='));
    controllers.push(...names);
    if (names.includes('memory')) memory = point;
  }
  if (controllers.length > 0) return { version: unified ? 'hybrid' : 'v1', controllers, groupParent: memory };
  if (unified === null) return { version: 'none', controllers, groupParent: null };
  const file = `${unified}/cgroup.controllers`;
  const listed = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ') : [];
  return { version: 'v2', controllers: listed, groupParent: unified };
}

function tryGroup(parent: string | null): string | null {
  if (parent === null) return 'no memory controller is mounted';
  const group = `${parent}/chrootcamp-doctor-${process.pid}`;
  try {
    mkdirSync(group);
    rmdirSync(group);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
