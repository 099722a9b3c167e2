import { join } from 'node:path';
import type { PackageCache } from './debian/package-lists.ts';

/** Where everything that is built lies, under one directory. What ends in `.partial` is a build that did not finish. */
export interface MachinePaths {
  /** Only for root to enter: the trees hold set-uid programs. */
  trees: string;
  images: string;
  registry: string;
  /** What was fetched from the Debian mirrors. */
  packages: PackageCache;
  /** The process that is building. */
  lock: string;
  /** What the last finished build made. */
  record: string;
}

export function machinePaths(machineDir: string): MachinePaths {
  return {
    trees: join(machineDir, 'trees'),
    images: join(machineDir, 'images'),
    registry: join(machineDir, 'registry'),
    packages: { archives: join(machineDir, 'debs'), apt: join(machineDir, 'apt') },
    lock: join(machineDir, 'build.lock'),
    record: join(machineDir, 'built.json'),
  };
}

export const partialSuffix = '.partial';
/** Followed by a number: what a forced build replaced while it may have been in use. */
export const replacedInfix = '.replaced-';
