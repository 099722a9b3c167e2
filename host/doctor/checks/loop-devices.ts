import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { hasFilesystem } from '../filesystem.ts';

export const loopDevicesCheck: Check<{ free: Attempt; ext4: boolean }> = {
  name: 'loop devices, ext4',
  needed: 'each machine has a disk of its own: an ext4 image behind a loop device',
  needsRoot: true,
  look: async () => ({
    free: await attempt('losetup', ['--find']),
    ext4: await hasFilesystem('ext4'),
  }),
  judge({ free, ext4 }) {
    if (!free.ok) {
      const mend = 'modprobe loop (in a container: give it /dev/loop-control and the loop devices)';
      return { status: 'fail', found: free.reason, mend };
    }
    if (!ext4) return { status: 'fail', found: 'this kernel has no ext4', mend: 'modprobe ext4' };
    return { status: 'ok', found: `${free.output.trim()} is free, ext4 is there` };
  },
};
