import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { containerSettingFields } from './container-settings.ts';
import { textExpectationSchema } from './text.ts';

export const containerStates = ['created', 'running', 'paused', 'restarting', 'exited', 'dead'] as const;

/** Which containers are meant; all that is given must hold. */
export const containerFindSchema = z.strictObject({
  name: z.string().min(2).max(128).optional(),
  /** As typed after `docker run`: `busybox` also finds `busybox:latest` and what has the same image id. */
  image: z.string().min(1).max(256).optional(),
});

/** At least `count` containers (`docker ps -a`) found by `find` satisfy all of `expect`. */
export const containerCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('container'),
  find: containerFindSchema,
  expect: z
    .strictObject({
      state: z.enum(containerStates).optional(),
      exitCode: z.int().min(0).max(255).optional(),
      image: z.string().min(1).max(256).optional(),
      /** Entrypoint and command joined by spaces, as run. */
      command: textExpectationSchema.optional(),
      /** One that the command runs: its first word, or a command in the line of `sh -c`. Not what is only printed. */
      program: z.string().min(1).max(128).optional(),
      /** Docker's -t and -i. */
      tty: z.boolean().optional(),
      openStdin: z.boolean().optional(),
      hostname: z.string().optional(),
      ...containerSettingFields,
    })
    .default({}),
  count: z.int().min(1).max(50).default(1),
});
export type ContainerCheck = z.infer<typeof containerCheckSchema>;
