/**
 * A copy of a mounted disk as it was at one instant, without holding its learner up. The disk is frozen for the few
 * milliseconds that make it whole, and thawed; where nothing was written to the device while it was copied, the copy is of
 * that instant. A disk that is written to all the time is copied frozen, for a bounded time.
 */
import { closeSync, openSync } from 'node:fs';
import { syncFileSystem } from '../kernel/libc.ts';
import { CodedError } from '../../../../protocol/errors.ts';
import { isOnlyThaw, isSame, writesBelow, type DeviceWrites } from './device-writes.ts';
import { freeze, thaw } from './freeze.ts';
import { copyImage } from './image-copy.ts';

export interface DiskCopy {
  /** Where the disk is mounted. */
  mountPoint: string;
  image: string;
  to: string;
  signal?: AbortSignal | undefined;
}

/** Copies without holding anybody up; after these the disk is frozen for as long as it takes. */
const quietAttempts = 2;
/** A learner can make a disk that takes this long to copy; then they are told to try later. */
const maxFrozenMs = 4_000;

/** Milliseconds in which whoever wrote had to wait. */
export async function copyDisk(options: DiskCopy): Promise<{ frozenMs: number }> {
  const fd = openSync(options.mountPoint, 'r');
  try {
    let frozenMs = 0;
    for (let attempt = 0; attempt < quietAttempts; attempt += 1) {
      const quiet = await copyQuietly(fd, options);
      frozenMs += quiet.frozenMs;
      if (quiet.isWhole) return { frozenMs };
    }
    return { frozenMs: frozenMs + (await copyFrozen(fd, options)) };
  } finally {
    closeSync(fd);
  }
}

async function copyQuietly(fd: number, { mountPoint, image, to, signal }: DiskCopy) {
  await syncFileSystem(fd);
  const startMs = performance.now();
  let frozen: DeviceWrites;
  try {
    await freeze(fd);
    frozen = writesBelow(mountPoint);
  } finally {
    thaw(fd);
  }
  const frozenMs = performance.now() - startMs;
  const begun = writesBelow(mountPoint);
  if (!isOnlyThaw(frozen, begun)) return { frozenMs, isWhole: false };
  await copyImage({ from: image, to, inBackground: true, signal });
  return { frozenMs, isWhole: isSame(begun, writesBelow(mountPoint)) };
}

async function copyFrozen(fd: number, { image, to, signal }: DiskCopy): Promise<number> {
  await syncFileSystem(fd);
  const deadline = AbortSignal.timeout(maxFrozenMs);
  const startMs = performance.now();
  try {
    await freeze(fd);
    const both = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    await copyImage({ from: image, to, inBackground: false, signal: both });
  } catch (error) {
    if (!deadline.aborted) throw error;
    const found = `the disk is written to all the time, and copying it takes more than ${maxFrozenMs} ms`;
    throw new CodedError('CHECKPOINT_FAILED', `${found}; try again when less goes on`, { cause: error });
  } finally {
    thaw(fd);
  }
  return performance.now() - startMs;
}
