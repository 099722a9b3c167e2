import { z } from 'zod';
import { absolutePathSchema, baseCheckFields } from './base.ts';
import { keyedTextSchema, textExpectationSchema } from './text.ts';

/** An image in the learner's Docker, by reference: `busybox` means `busybox:latest`. It satisfies all of `expect`. */
export const imageCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('image'),
  reference: z.string().min(1).max(256),
  present: z.boolean().default(true),
  expect: z
    .strictObject({
      /** Words joined by spaces. A command in shell form begins with `/bin/sh -c`. */
      entrypoint: textExpectationSchema.optional(),
      cmd: textExpectationSchema.optional(),
      env: keyedTextSchema.optional(),
      /** Without a group any group will do. */
      user: z.string().min(1).max(64).optional(),
      workingDir: absolutePathSchema.optional(),
      exposedPorts: z
        .array(z.string().regex(/^\d{1,5}\/(tcp|udp|sctp)$/, 'expected a port like 80/tcp'))
        .min(1)
        .optional(),
      labels: keyedTextSchema.optional(),
      /** Layers of its file system; steps that change no file make none. */
      layers: z
        .strictObject({ atLeast: z.int().min(1).optional(), atMost: z.int().min(1).optional() })
        .optional(),
      sizeBytesAtMost: z.int().min(1).optional(),
      /** A reference: this image's layers begin with all of that one's, which must be in the learner's Docker too. */
      base: z.string().min(1).max(256).optional(),
      /** As Docker calls it: `amd64`, `arm64`. */
      architecture: z.string().min(1).max(32).optional(),
      os: z.string().min(1).max(32).optional(),
      /** Some step of `docker history --no-trunc`. */
      history: textExpectationSchema.optional(),
      /** It came from a registry or went to one: Docker knows it by digest. */
      digest: z.boolean().optional(),
    })
    .default({}),
});
export type ImageCheck = z.infer<typeof imageCheckSchema>;
