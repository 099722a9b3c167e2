/** Names that cross the wire. All are lower-case ASCII, so they are safe in paths, URLs and cgroup names. */
import { z } from 'zod';

/** A word of a URL: `chroot`, `hello-world`. */
export const slugSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens, like hello-world');

/** 12 characters of [a-z0-9], made by the sandbox-server from a CSPRNG. */
export const terminalIdSchema = z
  .string()
  .regex(/^[a-z0-9]{12}$/, 'expected a terminal id: 12 of a-z and 0-9');

/** `module/lesson`, as in the URL: `before-docker/chroot`. */
export const lessonIdSchema = z
  .string()
  .max(130)
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'expected module/lesson, like before-docker/chroot');

/** `module/lesson/exercise`: `before-docker/chroot/a-jail`. */
export const exerciseIdSchema = z
  .string()
  .max(200)
  .regex(
    /^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+$/,
    'expected module/lesson/exercise, like before-docker/chroot/a-jail',
  );

export type LessonId = string;
export type ExerciseId = string;
