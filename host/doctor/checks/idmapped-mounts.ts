import type { Check } from '../check.ts';
import { nearestExisting } from '../filesystem.ts';
import { tryIdmappedMount } from '../idmapped-mount.ts';

export const idmappedMountsCheck: Check<{ directory: string; fault: string | null }> = {
  name: 'idmapped mounts',
  needed: 'the data directory’s filesystem can be mounted with other user ids (ext4, xfs, btrfs can)',
  needsRoot: true,
  async look({ layout }) {
    const directory = nearestExisting(layout.dataDir);
    return { directory, fault: await tryIdmappedMount(directory) };
  },
  judge: ({ directory, fault }) =>
    fault === null
      ? { status: 'ok', found: `${directory} could be mounted so` }
      : {
          status: 'fail',
          found: `${directory}: ${fault}`,
          mend: 'Choose a data directory on ext4, xfs or btrfs: --data DIR',
        },
};
