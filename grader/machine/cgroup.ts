import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';

const limitSchema = z.number().min(0).nullable().optional().catch(undefined);

/** Null where there is no such cgroup. */
export const cgroupSeenSchema = z
  .object({
    version: z.enum(['v1', 'v2']),
    controllers: firstItems(z.string(), 50).catch([]),
    limits: z
      .object({ memoryBytes: limitSchema, pids: limitSchema, cpus: limitSchema })
      .catch({ memoryBytes: undefined, pids: undefined, cpus: undefined }),
    frozen: z.boolean().optional().catch(undefined),
    children: firstItems(z.string(), 100).catch([]),
  })
  .nullable();
export type CgroupSeen = NonNullable<z.output<typeof cgroupSeenSchema>>;
