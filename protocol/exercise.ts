/** An exercise: a task, and checks of the state it asks for. See `lesson.ts` for where its files lie. */
import { z } from 'zod';
import { answerCheckSchema } from './checks/answer.ts';
import { beforeCheckSchema } from './checks/before.ts';
import { allCheckSchema, anyCheckSchema, countCheckSchema, notCheckSchema } from './checks/combined.ts';
import { cgroupCheckSchema } from './checks/cgroup.ts';
import { httpCheckSchema } from './checks/http.ts';
import { mountCheckSchema } from './checks/mount.ts';
import { namespaceCheckSchema } from './checks/namespace.ts';
import { registryCheckSchema } from './checks/registry.ts';
import { scriptCheckSchema } from './checks/script.ts';
import { composeCheckSchema } from './checks/compose.ts';
import { containerCheckSchema } from './checks/container.ts';
import { directoryTreeCheckSchema } from './checks/directory-tree.ts';
import { dockerEventCheckSchema } from './checks/docker-event.ts';
import { fileCheckSchema } from './checks/file.ts';
import { imageCheckSchema } from './checks/image.ts';
import { networkCheckSchema } from './checks/network.ts';
import { processCheckSchema } from './checks/process.ts';
import { volumeCheckSchema } from './checks/volume.ts';
import { slugSchema } from './ids.ts';

export const checkSchema = z.discriminatedUnion('kind', [
  fileCheckSchema,
  directoryTreeCheckSchema,
  processCheckSchema,
  containerCheckSchema,
  imageCheckSchema,
  volumeCheckSchema,
  networkCheckSchema,
  composeCheckSchema,
  registryCheckSchema,
  httpCheckSchema,
  namespaceCheckSchema,
  cgroupCheckSchema,
  mountCheckSchema,
  dockerEventCheckSchema,
  beforeCheckSchema,
  answerCheckSchema,
  allCheckSchema,
  anyCheckSchema,
  notCheckSchema,
  countCheckSchema,
  scriptCheckSchema,
]);
export type Check = z.infer<typeof checkSchema>;

/**
 * Proof that the checks judge rightly. Scripts run as the learner's shell would (bash, /root), in a fresh machine, after
 * `setup.sh` where there is one. A script answers a typed question by `answer CHECK-ID TEXT`, a command that only exists
 * during `course verify`. `solve.sh` and each `alt-*.sh` must make every check pass.
 */
export const wrongSchema = z.strictObject({
  /** `wrong-*.sh` beside the exercise. */
  script: z.string().regex(/^wrong-[a-z0-9-]+\.sh$/),
  /** The check that must then fail. */
  fails: slugSchema,
  /** Must stand in that verdict's sentence. */
  says: z.string().min(3),
});

/**
 * A change of `solve.sh` that the checks need not notice, since it leaves what the task asks for. `chrootcamp course
 * verify --mutations` names line and change of every one that they do not notice.
 */
export const equivalentSchema = z.strictObject({
  /** Of `solve.sh`, from 1. */
  line: z.int().min(1),
  /** As it is listed: `drop flag -f`. */
  change: z.string().min(3),
  because: z.string().min(10).max(300),
});
export type Equivalent = z.infer<typeof equivalentSchema>;

export const exerciseSchema = z
  .strictObject({
    title: z.string().min(3).max(70),
    /** What to reach, in one to three sentences; Markdown code spans allowed. A state, never a command to copy. */
    task: z.string().min(20).max(500),
    checks: z.array(checkSchema).min(1).max(12),
    /** From a nudge to nearly the answer. */
    hints: z.array(z.string().min(10).max(400)).min(1).max(4),
    wrong: z.array(wrongSchema).min(2).max(10),
    equivalent: z.array(equivalentSchema).max(20).optional(),
  })
  .superRefine((exercise, context) => {
    const ids = exercise.checks.map((check) => check.id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['checks', index, 'id'],
          message: `check id ${id} is used twice`,
        });
      }
    }
    for (const [index, wrong] of exercise.wrong.entries()) {
      if (!ids.includes(wrong.fails)) {
        const message = `no check is called ${wrong.fails}; expected one of ${ids.join(', ')}`;
        context.addIssue({ code: 'custom', path: ['wrong', index, 'fails'], message });
      }
    }
  });
export type Exercise = z.infer<typeof exerciseSchema>;
