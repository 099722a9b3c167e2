import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { processFindSchema } from './process.ts';

/** What is mounted at a path of the learner's machine, or at that path as a process sees it. */
export const mountCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('mount'),
  target: absolutePathSchema,
  /** In whose mount namespace and root directory; the machine's own without it. */
  seenBy: processFindSchema.optional(),
  present: z.boolean().default(true),
  expect: z
    .strictObject({
      /** `bind`: a directory or file shown a second time. Else a file system: `overlay`, `tmpfs`, `proc`. */
      type: z
        .string()
        .regex(/^[a-z0-9.]{2,20}$/)
        .optional(),
      /** Of a bind mount: what is shown, as a path of the same view. */
      source: absolutePathSchema.optional(),
      /** Each is among its options or those of its file system: `ro`, `nosuid`, `size=1024k`. */
      options: z.array(z.string().min(1).max(100)).min(1).max(10).optional(),
      /** Of an overlay, as they were given to mount; `lower` from the top down. */
      layers: z
        .strictObject({
          lower: z.array(z.string().min(1).max(1024)).min(1).max(20).optional(),
          upper: z.string().min(1).max(1024).optional(),
          work: z.string().min(1).max(1024).optional(),
        })
        .optional(),
    })
    .default({}),
});
export type MountCheck = z.infer<typeof mountCheckSchema>;
