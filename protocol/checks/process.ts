import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { cgroupLimitsSchema } from './cgroup-limits.ts';
import { capabilitySchema } from './container-settings.ts';
import { textExpectationSchema } from './text.ts';

export const namespaceKinds = ['mnt', 'uts', 'ipc', 'pid', 'net', 'user', 'cgroup'] as const;

/** Which processes are meant; all that is given must hold. */
export const processFindSchema = z.strictObject({
  /** Its kernel name (comm), at most 15 bytes. */
  name: textExpectationSchema.optional(),
  /** The program it runs, without directories: of `busybox sleep` it is `sleep`. A word among its arguments is none. */
  program: z.string().min(1).max(128).optional(),
  /** Its arguments joined by spaces. */
  command: textExpectationSchema.optional(),
  /** It runs in the Docker container of this name. */
  container: z.string().min(2).max(128).optional(),
});

/** Namespaces compared with those of the processes that `process` finds. */
const comparisonSchema = z.strictObject({
  process: processFindSchema,
  namespaces: z.array(z.enum(namespaceKinds)).min(1),
});

/** Some running process that `find` selects satisfies all that `expect` says. Read from the kernel, not from `ps`. */
export const processCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('process'),
  find: processFindSchema,
  expect: z
    .strictObject({
      /** Its root directory, as a path of the learner's machine. */
      root: absolutePathSchema.optional(),
      cwd: absolutePathSchema.optional(),
      /** Effective user id, as the learner's machine numbers it. */
      uid: z.int().min(0).optional(),
      /** Effective group id, likewise. */
      gid: z.int().min(0).optional(),
      /** Of its effective set. `lacks: [ALL]` is a process without any. */
      capabilities: z
        .strictObject({
          has: z
            .array(capabilitySchema.refine((name) => name !== 'ALL', 'expected capabilities one by one'))
            .min(1)
            .optional(),
          lacks: z.array(capabilitySchema).min(1).optional(),
        })
        .optional(),
      /** Neither it nor what it starts can gain rights by setuid or file capabilities. */
      noNewPrivs: z.boolean().optional(),
      /** `filtered`: by a seccomp filter beyond those that hold for the whole machine; `unconfined`: by none. */
      seccomp: z.enum(['filtered', 'unconfined']).optional(),
      /** It is in this cgroup or below, as `/sys/fs/cgroup` names it. */
      cgroup: absolutePathSchema.optional(),
      /** Of the very cgroup that it is in; `none` is no limit. */
      limits: cgroupLimitsSchema.optional(),
      /** Per namespace: `own` differs from PID 1's of the learner's machine, `shared` is the same. */
      namespaces: z.partialRecord(z.enum(namespaceKinds), z.enum(['own', 'shared'])).optional(),
      /** Each of these namespaces is the same as that of one process found. */
      sameNamespacesAs: comparisonSchema.optional(),
      /** Each of these namespaces is another than those of all processes found. */
      differsFrom: comparisonSchema.optional(),
    })
    .default({}),
  /** How many processes satisfy it. Without it, at least one. */
  count: z
    .strictObject({ atLeast: z.int().min(1).max(100).optional(), atMost: z.int().min(0).max(100).optional() })
    .optional(),
});
export type ProcessCheck = z.infer<typeof processCheckSchema>;
