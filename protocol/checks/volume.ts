import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { keyedTextSchema } from './text.ts';

/** A named volume of the learner's Docker. */
export const volumeCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('volume'),
  name: z.string().min(1).max(255),
  present: z.boolean().default(true),
  expect: z
    .strictObject({
      driver: z.string().min(1).max(64).optional(),
      labels: keyedTextSchema.optional(),
      /** Name of a container that mounts it, whatever that container's state. */
      usedBy: z.string().min(2).max(128).optional(),
    })
    .default({}),
});
export type VolumeCheck = z.infer<typeof volumeCheckSchema>;
