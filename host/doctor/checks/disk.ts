import { statfs } from 'node:fs/promises';
import type { Check } from '../check.ts';
import { nearestExisting } from '../filesystem.ts';

const gigabyte = 1024 ** 3;
/** The tree, the images, the downloads to make them from, and room for a few learners. */
const neededBytes = { toBuild: 6 * gigabyte, toRun: 1 * gigabyte };

interface DiskFacts {
  directory: string;
  freeBytes: number;
  /** The machine's tree is there already. */
  built: boolean;
}

export const diskCheck: Check<DiskFacts> = {
  name: 'disk',
  needed: '6 GB free for the first start, 1 GB later, besides what learners store',
  async look({ layout, machineBuilt: built }) {
    const directory = nearestExisting(layout.dataDir);
    const { bavail, bsize } = await statfs(directory);
    return { directory, freeBytes: bavail * bsize, built };
  },
  judge({ directory, freeBytes, built }) {
    const found = `${(freeBytes / gigabyte).toFixed(1)} GB free in ${directory}`;
    if (freeBytes >= (built ? neededBytes.toRun : neededBytes.toBuild)) return { status: 'ok', found };
    return { status: 'fail', found, mend: 'Free some space, or choose another disk: --data DIR' };
  },
};
