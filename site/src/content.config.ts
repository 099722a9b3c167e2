/** The course as content collections. Ids are URLs without the folder numbers; see `protocol/lesson.ts` for the layout. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { exerciseSchema } from '../../protocol/exercise.ts';
import { lessonFrontmatterSchema, moduleSchema } from '../../protocol/lesson.ts';
import { readCoursePath } from './course/course-path.ts';

/** See astro.config.mjs. */
const base = `./${process.env.CHROOTCAMP_CONTENT ?? 'content'}/modules`;
const generateId = ({ entry }: { entry: string }): string => readCoursePath(entry).id;

export const collections = {
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
