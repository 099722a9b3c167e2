import { z } from 'zod';
import { baseCheckFields } from './base.ts';

/** An image in a registry, asked for there and not in the learner's Docker. */
export const registryCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('registry'),
  /** `course`: the course's own. Else one that the learner runs, as reached from the machine: `localhost:5000`. */
  registry: z
    .string()
    .max(60)
    .regex(
      /^(course|(localhost|\d{1,3}(\.\d{1,3}){3}):\d{1,5})$/,
      'expected course, or a registry like localhost:5000',
    ),
  /** `library/busybox` in the course's, `mine` in one's own. */
  repository: z
    .string()
    .max(128)
    .regex(/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/, 'expected a repository like team/app'),
  tag: z
    .string()
    .regex(/^\w[\w.-]{0,127}$/, 'expected a tag like 1.0')
    .default('latest'),
  present: z.boolean().default(true),
  expect: z
    .strictObject({
      /** As the registry knows it. */
      digest: z
        .string()
        .regex(/^sha256:[0-9a-f]{64}$/)
        .optional(),
      /** A reference: that image of the learner's Docker is the very one, by digest. */
      sameAs: z.string().min(1).max(256).optional(),
    })
    .default({}),
});
export type RegistryCheck = z.infer<typeof registryCheckSchema>;
