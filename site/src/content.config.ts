/** The course as content collections. Ids are URLs without the folder numbers; see `protocol/lesson.ts` for the layout. */
import { defineCollection } from 'astro:content';
import { existsSync } from 'node:fs';
import { glob } from 'astro/loaders';
import { exerciseSchema } from '../../protocol/exercise.ts';
import {
  exerciseTranslationSchema,
  languageSchema,
  lessonTranslationSchema,
} from '../../protocol/language.ts';
import { lessonFrontmatterSchema, moduleSchema } from '../../protocol/lesson.ts';
import { readCoursePath } from './course/course-path.ts';

/** See astro.config.mjs. */
const content = `./${process.env.CHROOTCAMP_CONTENT ?? 'content'}`;
const base = `${content}/modules`;
const generateId = ({ entry }: { entry: string }): string => readCoursePath(entry).id;

/** Translations are named by ids already: `de/first-steps/hello-world`. Most courses have none. */
function translated(pattern: string) {
  const languages = `${content}/languages`;
  if (!existsSync(languages)) return async () => [];
  const idOf = ({ entry }: { entry: string }): string =>
    entry.replace(/(?:\/(?:language|module|lesson))?\.(?:yaml|mdx)$/, '');
  return glob({ base: languages, pattern, generateId: idOf });
}

export const collections = {
  languages: defineCollection({ loader: translated('*/language.yaml'), schema: languageSchema }),
  translatedModules: defineCollection({ loader: translated('*/*/module.yaml'), schema: moduleSchema }),
  translatedLessons: defineCollection({
    loader: translated('*/*/*/lesson.mdx'),
    schema: lessonTranslationSchema,
  }),
  translatedExercises: defineCollection({
    loader: translated('*/*/*/*.yaml'),
    schema: exerciseTranslationSchema,
  }),
  modules: defineCollection({
    loader: glob({ base, pattern: '*/module.yaml', generateId }),
    schema: moduleSchema,
  }),
  lessons: defineCollection({
    loader: glob({ base, pattern: '*/*/lesson.mdx', generateId }),
    schema: lessonFrontmatterSchema,
  }),
  exercises: defineCollection({
    loader: glob({ base, pattern: '*/*/exercises/*/exercise.yaml', generateId }),
    schema: exerciseSchema,
  }),
};
