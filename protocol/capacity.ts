/**
 * How many machines a computer is to carry, and how many stand ready. Part of the operator's configuration; the
 * sandbox-server keeps to it.
 */
import { z } from 'zod';

const GiB = 1024 ** 3;

export const maxPoolSize = 1_000;

export const capacitySchema = z.strictObject({
  warm: z
    .int()
    .min(0)
    .max(maxPoolSize)
    .default(1)
    .describe(
      'Machines kept ready with Docker up, for an immediate first prompt. `chrootcamp pool set` changes it while the course runs.',
    ),
  most: z
    .int()
    .min(1)
    .default(200)
    .describe(
      'Machines that run at once at most, those kept ready included. Whoever comes then waits in a queue.',
    ),
  memoryReserveBytes: z
    .int()
    .min(0)
    .default(1.5 * GiB)
    .describe(
      'Memory of the host that stays available: what would take it waits in the queue. When five sixths of it are gone, the machine that works the most is stopped.',
    ),
  diskReserveBytes: z
    .int()
    .min(0)
    .default(2 * GiB)
    .describe('Bytes of the host’s disk that stay free: what would take them waits or is refused.'),
});
export type Capacity = z.infer<typeof capacitySchema>;

export const checkpointBoundsSchema = z.strictObject({
  most: z
    .int()
    .min(0)
    .max(100)
    .default(6)
    .describe(
      'Kept for one machine, each the start of an exercise; the oldest goes for a newer. 0 keeps none.',
    ),
  bytes: z
    .int()
    .min(0)
    .default(4 * GiB)
    .describe('What those of one machine together may take on the host’s disk.'),
});
export type CheckpointBounds = z.infer<typeof checkpointBoundsSchema>;
