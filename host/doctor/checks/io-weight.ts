import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Check } from '../check.ts';
import { nearestExisting } from '../filesystem.ts';

interface IoWeightFacts {
  /** Name of the disk below the data directory, like `sda`; null where that is no disk of its own (a network, memory). */
  disk: string | null;
  /** Its I/O scheduler, like `mq-deadline`. */
  scheduler: string | null;
  /** The iocost controller of cgroup v2 is switched on for some disk. */
  cost: boolean;
}

/** `limits.ioWeight` is a wish: only the BFQ scheduler and the iocost controller weigh one machine against another. */
export const ioWeightCheck: Check<IoWeightFacts> = {
  name: 'disk shares',
  needed:
    'a disk whose time is shared by weight (the bfq scheduler, or io.cost), so that one learner cannot take it all',
  look: async ({ layout }) => {
    const disk = diskOf(nearestExisting(layout.dataDir));
    return { disk, scheduler: disk === null ? null : schedulerOf(disk), cost: costIsOn() };
  },
  judge({ disk, scheduler, cost }) {
    if (cost) return { status: 'ok', found: 'shared by io.cost' };
    if (scheduler === 'bfq') return { status: 'ok', found: `${disk} is shared by bfq` };
    if (disk === null) return { status: 'ok', found: 'the data directory is not on a disk of this computer' };
    return {
      status: 'warn',
      found: `${disk} has the scheduler ${scheduler ?? 'none'}, which knows no weights: ioWeight has no effect`,
      mend: `modprobe bfq && echo bfq > /sys/block/${disk}/queue/scheduler`,
    };
  },
};

function diskOf(directory: string): string | null {
  const { dev } = statSync(directory);
  // As the kernel splits a device number: makedev(3).
  const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
  const link = `/sys/dev/block/${major}:${minor}`;
  if (!existsSync(link)) return null;
  const device = realpathSync(link);
  // A partition has no queue; the disk it is part of is the directory above.
  return path.basename(existsSync(`${device}/queue`) ? device : path.dirname(device));
}

function schedulerOf(disk: string): string | null {
  const file = `/sys/block/${disk}/queue/scheduler`;
  if (!existsSync(file)) return null;
  return /\[(\S+)\]/.exec(readFileSync(file, 'utf8'))?.[1] ?? null;
}

function costIsOn(): boolean {
  const file = '/sys/fs/cgroup/io.cost.qos';
  return existsSync(file) && readFileSync(file, 'utf8').includes('enable=1');
}
