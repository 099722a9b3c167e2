import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { cgroupLimitsSchema } from './cgroup-limits.ts';
import { processFindSchema } from './process.ts';

/** A cgroup by its path, the same on v1 (below each controller) and v2: `/demo` is `/sys/fs/cgroup/.../demo`. */
export const cgroupCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('cgroup'),
  path: absolutePathSchema,
  present: z.boolean().default(true),
  expect: z
    .strictObject({
      /** Its own, exactly these; `none` is no limit. */
      limits: cgroupLimitsSchema.optional(),
      /** Some process found is in it or below. */
      member: processFindSchema.optional(),
      /** How many processes are in it and below. */
      members: z
        .strictObject({ atLeast: z.int().min(0).optional(), atMost: z.int().min(0).optional() })
        .optional(),
      frozen: z.boolean().optional(),
    })
    .default({}),
});
export type CgroupCheck = z.infer<typeof cgroupCheckSchema>;
