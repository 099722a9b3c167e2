/**
 * A course in another language, a folder of texts beside the modules; checks and scripts are never translated:
 *
 *     content/languages/de/language.yaml
 *     content/languages/de/first-steps/module.yaml                        `moduleSchema`
 *     content/languages/de/first-steps/hello-world/lesson.mdx             frontmatter: `lessonTranslationSchema`
 *     content/languages/de/first-steps/hello-world/two-of-one.yaml        `exerciseTranslationSchema`
 *
 * Folders are named by ids, without numbers. What is missing is shown in the original language, with a notice.
 *
 * The program's own sentences are no part of a course: those of the pages are in `site/src/text/languages/de.json`, those of
 * verdicts in `grader/texts/de.json`, each by its English text. Lessons, pages and verdicts speak to the learner in one
 * voice; in German that is _du_.
 */
import { z } from 'zod';
import { slugSchema } from './ids.ts';

/** As HTML's `lang` has it, and first word of an address: `de`, `pt-br`. */
export const languageCodeSchema = z
  .string()
  .regex(/^[a-z]{2}(?:-[a-z]{2})?$/, 'expected a language like `de` or `pt-br`');

export const languageSchema = z.strictObject({
  /** Of the language, in that language: `Deutsch`. */
  name: z.string().min(2).max(40),
  /** Said above a lesson that is not translated yet, in that language. */
  notTranslated: z.string().min(10).max(200),
});
export type Language = z.infer<typeof languageSchema>;

export const lessonTranslationSchema = z.strictObject({
  title: z.string().min(3).max(70),
  /** One sentence: what the learner can do afterwards. */
  summary: z.string().min(10).max(240),
});

export const exerciseTranslationSchema = z.strictObject({
  title: z.string().min(3).max(70),
  task: z.string().min(20).max(600),
  /** By id of the check: its line of the checklist. */
  labels: z.record(slugSchema, z.string().min(5).max(200)),
  /** By id of a typed answer's check, where that has one. */
  placeholders: z.record(slugSchema, z.string().max(60)).optional(),
  /** As many as the original has. */
  hints: z.array(z.string().min(10).max(400)).min(1).max(4),
});
export type ExerciseTranslation = z.infer<typeof exerciseTranslationSchema>;
