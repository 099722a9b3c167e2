import { existsSync, readdirSync } from 'node:fs';
import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { hasFilesystem } from '../filesystem.ts';

interface LoopFacts {
  free: Attempt;
  ext4: boolean;
  /** With a file attached, whoever's. */
  used: number;
}

export const loopDevicesCheck: Check<LoopFacts> = {
  name: 'loop devices, ext4',
  needed: 'each machine has a disk of its own: an ext4 image behind a loop device',
  needsRoot: true,
  look: async () => ({
    free: await attempt('losetup', ['--find']),
    ext4: await hasFilesystem('ext4'),
    used: readdirSync('/sys/block').filter((name) => existsSync(`/sys/block/${name}/loop`)).length,
  }),
  judge({ free, ext4, used }) {
    if (!free.ok) {
      const mend = 'modprobe loop (in a container: give it /dev/loop-control and the loop devices)';
      return { status: 'fail', found: free.reason, mend };
    }
    if (!ext4) return { status: 'fail', found: 'this kernel has no ext4', mend: 'modprobe ext4' };
    return { status: 'ok', found: `${free.output.trim()} is free, ${used} are in use, ext4 is there` };
  },
};
