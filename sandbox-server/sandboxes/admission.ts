/** Whether one more sandbox may run: counted, and by what the host really has left, so that none costs another its life. */
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

/** Why one that is among those under way may not run, or null. */
export function refusal(
  { running, underWay }: Occupancy,
  capacity: Capacity,
  { memoryAvailableBytes, diskFreeBytes }: HostRoom,
): string | null {
  const { most, memoryReserveBytes, diskReserveBytes } = capacity;
  if (running + underWay > most) return `${running + underWay - 1} sandboxes run, the most there may be`;
  const memory = memoryReserveBytes + underWay * expectedMemoryBytes;
  if (memoryAvailableBytes < memory) {
    return `the host has ${memoryAvailableBytes} bytes of memory available, and ${memory} are needed with its reserve`;
  }
  const disk = diskReserveBytes + underWay * expectedDiskBytes;
  if (diskFreeBytes < disk) {
    return `the host's disk has ${diskFreeBytes} bytes free, and ${disk} are needed with its reserve`;
  }
  return null;
}
