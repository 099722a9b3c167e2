/** Whether one more sandbox may run: counted, and by what the host really has left, so that none costs another its life. */
import { CodedError } from '../../protocol/errors.ts';
import type { Capacity } from '../../protocol/capacity.ts';
import type { HostRoom } from '../engine.ts';

/**
 * What a sandbox is taken to need before it shows in what the host has available: Docker idle takes 45 MB, the first
 * images and containers the rest. What learners use beyond that is seen in the next look.
 */
export const expectedMemoryBytes = 128 * 1024 ** 2;
/** Docker's own files, and an image. */
export const expectedDiskBytes = 256 * 1024 ** 2;

export interface Occupancy {
  /** Sandboxes whose processes run, warm ones included. */
  running: number;
  /** Being made or started, the one that asks included. */
  underWay: number;
}

const mend = 'stop one, or see what chrootcamp capacity says';
const mendDisk = 'free some of it, or see what chrootcamp capacity says';

/** Why one that is among those under way may not run, or null. */
export function refusal(
  { running, underWay }: Occupancy,
  capacity: Capacity,
  { memoryAvailableBytes, diskFreeBytes }: HostRoom,
): CodedError | null {
  const { most, memoryReserveBytes, diskReserveBytes } = capacity;
  if (running + underWay > most) {
    const found = `${running + underWay - 1} sandboxes run, the most there may be`;
    return new CodedError('SANDBOX_FULL', `${found}; ${mend}`);
  }
  const memory = memoryReserveBytes + underWay * expectedMemoryBytes;
  if (memoryAvailableBytes < memory) {
    const found = `the host has ${memoryAvailableBytes} bytes of memory available`;
    return new CodedError('MEMORY_TOO_SMALL', `${found}, and ${memory} are needed with its reserve; ${mend}`);
  }
  const disk = diskReserveBytes + underWay * expectedDiskBytes;
  if (diskFreeBytes < disk) {
    const found = `the host's disk has ${diskFreeBytes} bytes free`;
    return new CodedError('DISK_TOO_SMALL', `${found}, and ${disk} are needed with its reserve; ${mendDisk}`);
  }
  return null;
}
