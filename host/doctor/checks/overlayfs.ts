import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';

/** In a mount namespace of its own, whose mounts vanish with it. */
const script = `set -e
mount -t tmpfs none /mnt
mkdir /mnt/lower /mnt/upper /mnt/work /mnt/merged
mount -t overlay overlay -o lowerdir=/mnt/lower,upperdir=/mnt/upper,workdir=/mnt/work /mnt/merged`;

export const overlayfsCheck: Check<Attempt> = {
  name: 'overlayfs',
  needed: 'machines share one read-only tree below a layer of their own',
  needsRoot: true,
  look: () => attempt('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script]),
  judge: (tried) =>
    tried.ok
      ? { status: 'ok', found: 'one could be mounted' }
      : { status: 'fail', found: tried.reason, mend: 'modprobe overlay' },
};
