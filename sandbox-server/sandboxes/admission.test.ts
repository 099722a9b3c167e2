import { expect, test } from 'vitest';
import { capacitySchema } from '../../protocol/capacity.ts';
import { expectedDiskBytes, expectedMemoryBytes, refusal } from './admission.ts';

const capacity = capacitySchema.parse({ most: 3, memoryReserveBytes: 1_000, diskReserveBytes: 2_000 });
const room = {
  memoryAvailableBytes: 1_000 + 2 * expectedMemoryBytes,
  diskFreeBytes: 2_000 + 2 * expectedDiskBytes,
};

test('those under way count as much as those that run', () => {
  expect(refusal({ running: 2, underWay: 1 }, capacity, room)).toBeNull();
  expect(refusal({ running: 2, underWay: 2 }, capacity, room)).toMatchObject({
    code: 'SANDBOX_FULL',
    message: expect.stringContaining('3 sandboxes run, the most there may be'),
  });
});

test('memory and disk that the host does not have are not given, also to several at once', () => {
  expect(refusal({ running: 0, underWay: 2 }, capacity, room)).toBeNull();
  expect(refusal({ running: 0, underWay: 3 }, capacity, room)).toMatchObject({
    code: 'MEMORY_TOO_SMALL',
    message: expect.stringContaining('of memory available'),
  });
  const fullDisk = { ...room, diskFreeBytes: 2_000 };
  expect(refusal({ running: 0, underWay: 1 }, capacity, fullDisk)).toMatchObject({
    code: 'DISK_TOO_SMALL',
    message: expect.stringContaining('disk has 2000 bytes free'),
  });
});
