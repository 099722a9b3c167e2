/**
 * The course on disk:
 *
 *     content/modules/01-before-docker/module.yaml
 *     content/modules/01-before-docker/02-chroot/lesson.mdx            frontmatter: `lessonFrontmatterSchema`
 *     content/modules/01-before-docker/02-chroot/exercises/1-a-jail/exercise.yaml, setup.sh?, solve.sh, alt-*.sh, wrong-*.sh
 *
 * Folder numbers give the order and are no part of an id or URL: this lesson is `before-docker/chroot`.
 */
import { z } from 'zod';

/** `01-before-docker` is number 1 and slug `before-docker`. */
export const numberedFolderPattern = /^(\d{1,2})-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

export const moduleSchema = z.strictObject({
  title: z.string().min(3).max(60),
  /** One or two sentences for the home page. */
  summary: z.string().min(10).max(300),
});
export type Module = z.infer<typeof moduleSchema>;

export const lessonFrontmatterSchema = z.strictObject({
  title: z.string().min(3).max(70),
  /** One sentence: what the learner can do afterwards. */
  summary: z.string().min(10).max(240),
  /** Honest reading and doing time, minutes. */
  minutes: z.int().min(3).max(60),
});
export type LessonFrontmatter = z.infer<typeof lessonFrontmatterSchema>;
