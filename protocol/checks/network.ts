import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { keyedTextSchema } from './text.ts';

/** A network of the learner's Docker, by name. */
export const networkCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('network'),
  name: z.string().min(1).max(128),
  present: z.boolean().default(true),
  expect: z
    .strictObject({
      driver: z.string().min(1).max(64).optional(),
      /** No way out of it. */
      internal: z.boolean().optional(),
      labels: keyedTextSchema.optional(),
      /** Names of containers attached to it, whatever their state; others may be attached as well. */
      attached: z.array(z.string().min(2).max(128)).min(1).max(20).optional(),
    })
    .default({}),
});
export type NetworkCheck = z.infer<typeof networkCheckSchema>;
