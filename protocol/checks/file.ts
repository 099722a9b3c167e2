import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { textExpectationSchema } from './text.ts';

/** A path in the learner's machine, links followed inside it. */
export const fileCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('file'),
  path: absolutePathSchema,
  /** `absent`: nothing may be there. `link`: the path itself is a symbolic link, wherever it leads. */
  type: z.enum(['file', 'directory', 'link', 'absent']).default('file'),
  /** Some execute bit is set. */
  executable: z.boolean().optional(),
  /** Octal text, like "0644". */
  mode: z
    .string()
    .regex(/^0[0-7]{3,4}$/)
    .optional(),
  uid: z.int().min(0).optional(),
  gid: z.int().min(0).optional(),
  /** Of a regular file's first 64 KiB as UTF-8; trailing newline ignored by `equals`. */
  content: textExpectationSchema.optional(),
  /** Of a directory: names that must be among its entries. */
  entries: z.array(z.string()).min(1).optional(),
  /** What the path, being a symbolic link, points to, as it was given to `ln -s`. */
  linkTo: textExpectationSchema.optional(),
});
export type FileCheck = z.infer<typeof fileCheckSchema>;
