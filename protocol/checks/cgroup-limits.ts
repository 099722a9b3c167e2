import { z } from 'zod';

/** Of one cgroup, v1 and v2 alike; `none` is no limit. */
export const cgroupLimitsSchema = z.strictObject({
  memoryBytes: z.union([z.int().min(1), z.literal('none')]).optional(),
  /** So much processor time: 0.5 is half of one. */
  cpus: z.union([z.number().positive(), z.literal('none')]).optional(),
  /** How many processes. */
  pids: z.union([z.int().min(1), z.literal('none')]).optional(),
});
export type CgroupLimits = z.infer<typeof cgroupLimitsSchema>;
