import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { dockerEventCheckSchema } from './docker-event.ts';

/** Docker events that happened in this order, others between them allowed. */
export const beforeCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('before'),
  events: z
    .array(dockerEventCheckSchema.pick({ type: true, action: true, image: true, name: true, exitCode: true }))
    .min(2)
    .max(5),
});
export type BeforeCheck = z.infer<typeof beforeCheckSchema>;
