import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { textExpectationSchema } from './text.ts';

export const namespaceKinds = ['mnt', 'uts', 'ipc', 'pid', 'net', 'user', 'cgroup'] as const;

/** Some running process that `find` selects satisfies all that `expect` says. Read from the kernel, not from `ps`. */
export const processCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('process'),
  find: z.strictObject({
    /** Its kernel name (comm), at most 15 bytes. */
    name: textExpectationSchema.optional(),
    /** Its arguments joined by spaces. */
    command: textExpectationSchema.optional(),
  }),
  expect: z
    .strictObject({
      /** Its root directory, as a path of the learner's machine. */
      root: absolutePathSchema.optional(),
      cwd: absolutePathSchema.optional(),
      /** Effective user id, as the learner's machine numbers it. */
      uid: z.int().min(0).optional(),
      /** Per namespace: `own` differs from PID 1's of the learner's machine, `shared` is the same. */
      namespaces: z.partialRecord(z.enum(namespaceKinds), z.enum(['own', 'shared'])).optional(),
    })
    .default({}),
});
export type ProcessCheck = z.infer<typeof processCheckSchema>;
