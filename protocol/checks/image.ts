import { z } from 'zod';
import { baseCheckFields } from './base.ts';

/** An image in the learner's Docker, by reference: `busybox` means `busybox:latest`. */
export const imageCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('image'),
  reference: z.string().min(1).max(256),
  present: z.boolean().default(true),
});
export type ImageCheck = z.infer<typeof imageCheckSchema>;
