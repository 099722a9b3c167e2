import type { CgroupLimits } from '../../protocol/checks/cgroup-limits.ts';
import { amountOfBytes } from '../amount.ts';
import type { CgroupSeen } from '../machine/cgroup.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';

type Key = keyof CgroupLimits & keyof CgroupSeen['limits'];

/** The kernel counts memory in pages and processor time in microseconds. */
const pageBytes = 4096;
const tolerance: Record<Key, number> = { memoryBytes: pageBytes - 1, cpus: 0.001, pids: 0 };

function nounOf(key: Key): string {
  if (key === 'memoryBytes') return say`memory limit`;
  return key === 'cpus' ? say`limit of processor time` : say`limit of processes`;
}

function amount(key: Key, value: number): string {
  if (key === 'memoryBytes') return amountOfBytes(value);
  return key === 'cpus' ? say`${Math.round(value * 1000) / 1000} processors` : String(value);
}

/** `subject`: "Cgroup `/demo`". A limit that this kernel or cgroup does not have is as good as none. */
export function limitFacets<T>(options: {
  limits: CgroupLimits | undefined;
  subject: (candidate: T) => string;
  seen: (candidate: T) => CgroupSeen['limits'];
}): Facet<T>[] {
  const { limits = {}, subject, seen } = options;
  const facets: Facet<T>[] = [];
  for (const key of ['memoryBytes', 'cpus', 'pids'] as const) {
    const wanted = limits[key];
    if (wanted === undefined) continue;
    const noun = nounOf(key);
    const asked = wanted === 'none' ? say`no ${noun}` : say`a ${noun} of ${amount(key, wanted)}`;
    facets.push({
      asked: say`with ${asked}`,
      met: (candidate) => {
        const value = seen(candidate)[key] ?? 'none';
        if (value === 'none' || wanted === 'none') return value === wanted;
        return Math.abs(value - wanted) <= tolerance[key];
      },
      miss: (candidate) => {
        const value = seen(candidate)[key];
        const has =
          value === undefined || value === null ? say`no ${noun}` : say`a ${noun} of ${amount(key, value)}`;
        return {
          sentence: say`${subject(candidate)} has ${has}; the task asks for ${asked}.`,
          observed: has,
        };
      },
    });
  }
  return facets;
}
