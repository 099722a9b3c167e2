import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { containerFindSchema } from './container.ts';

/** Where the right answer is read: the learner's own machine, never a constant. */
export const answerSourceSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('kernel'), field: z.enum(['release', 'version', 'machine']) }),
  /** First group of `pattern` (flags mu) in the file's first 64 KiB; the whole trimmed text without one. */
  z.strictObject({
    from: z.literal('file'),
    path: absolutePathSchema,
    pattern: z.string().max(200).optional(),
  }),
  /** A dotted path into `docker inspect`, of any container found: `Id`, `State.ExitCode`, `Config.Hostname`. */
  z.strictObject({
    from: z.literal('container'),
    find: containerFindSchema,
    field: z.string().regex(/^[A-Za-z0-9.]+$/),
  }),
  /** A dotted path into `docker image inspect`. */
  z.strictObject({
    from: z.literal('image'),
    reference: z.string(),
    field: z.string().regex(/^[A-Za-z0-9.]+$/),
  }),
  /** A dotted path into `docker info`. */
  z.strictObject({ from: z.literal('docker-info'), field: z.string().regex(/^[A-Za-z0-9.]+$/) }),
  /** Worked out of several things: `count(containers, it.State == "running")`. */
  z.strictObject({ from: z.literal('expression'), value: z.string().min(1).max(500) }),
]);
export type AnswerSource = z.infer<typeof answerSourceSchema>;

/** A typed answer. The label is the question. */
export const answerCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('answer'),
  source: answerSourceSchema,
  /**
   * `exact`: case counts, outer spaces and quotes do not. `id`: a hex id with or without `sha256:`, at least its first
   * 4 digits. `number`: as integers.
   */
  compare: z.enum(['exact', 'id', 'number']).default('exact'),
  /** Shown grey in the empty field, never the answer: "something like 6.1.0-18-amd64". */
  placeholder: z.string().max(60).optional(),
});
export type AnswerCheck = z.infer<typeof answerCheckSchema>;
