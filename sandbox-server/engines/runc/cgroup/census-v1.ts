/** How many cgroups a v1 or hybrid host has, as /proc/cgroups says (cgroups(7)), and how many of them are a sandbox's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CgroupCensus } from './layout.ts';
import { countBelow } from './tree.ts';

export function createCensus(hierarchies: ReadonlyMap<string, string>): CgroupCensus {
  const isCounted = (name: string): boolean => !name.startsWith('name=');
  return {
    async ofHost() {
      return countAll(await readFile('/proc/cgroups', 'utf8'));
    },
    async below(path, { counted, max }) {
      const names = [...hierarchies.keys()].filter((name) => isCounted(name) === counted);
      const mountPoints = new Set(names.map((name) => hierarchies.get(name) as string));
      const counts = [...mountPoints].map((mountPoint) => countBelow(join(mountPoint, path), max));
      return Math.max(0, ...(await Promise.all(counts)));
    },
  };
}

/** Of all controllers together: whichever a learner chooses, it grows. */
function countAll(text: string): number {
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return rows.reduce((sum, row) => sum + Number(row.split('\t')[2] ?? 0), 0);
}
