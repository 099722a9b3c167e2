/** The course in another language, as far as it is translated. */
import { dirname } from 'node:path';
import { getCollection, type CollectionEntry } from 'astro:content';
import type { ExerciseOnDisk, LessonOnDisk, ModuleOnDisk } from './course.ts';

export interface Translation {
  /** `de`. */
  code: string;
  /** `Deutsch`. */
  name: string;
  /** Said where a lesson is not translated yet. */
  notTranslated: string;
}

export interface TranslatedLesson {
  lesson: LessonOnDisk;
  /** Null: it is shown as it was written. */
  entry: CollectionEntry<'translatedLessons'> | null;
  /** Where its own pictures lie; null where it has none. */
  folder: string | null;
}

export async function readTranslations(): Promise<Translation[]> {
  const languages = await getCollection('languages');
  return languages
    .map(({ id, data }) => ({ code: id, ...data }))
    .sort((left, right) => left.code.localeCompare(right.code));
}

/** A lesson with the words of another language, where they are; what is missing stays as it was written. */
export async function translate(lesson: LessonOnDisk, code: string): Promise<TranslatedLesson> {
  const [modules, lessons, exercises] = await Promise.all([
    getCollection('translatedModules'),
    getCollection('translatedLessons'),
    getCollection('translatedExercises'),
  ]);
  const entry = lessons.find(({ id }) => id === `${code}/${lesson.id}`) ?? null;
  const module = modules.find(({ id }) => id === `${code}/${lesson.module.slug}`);
  return {
    lesson: {
      ...lesson,
      ...(entry !== null && { language: code }),
      module: { ...lesson.module, title: module?.data.title ?? lesson.module.title },
      // Within words that stay as they were, the exercises do too.
      exercises:
        entry === null
          ? lesson.exercises
          : lesson.exercises.map((exercise) => {
              const words = exercises.find(({ id }) => id === `${code}/${exercise.id}`);
              return words === undefined ? exercise : { ...withWords(exercise, words.data), language: code };
            }),
    },
    entry,
    folder: entry?.filePath === undefined ? null : dirname(entry.filePath),
  };
}

/** With its title and summary, in whichever language it is. */
export interface TitledLesson extends LessonOnDisk {
  title: string;
  summary: string;
}

/** The whole course with the words of another language, where they are. */
export async function translateCourse(
  modules: readonly ModuleOnDisk[],
  code: string | undefined,
): Promise<(Omit<ModuleOnDisk, 'lessons'> & { language?: string; lessons: TitledLesson[] })[]> {
  const words = await getCollection('translatedModules');
  return Promise.all(
    modules.map(async (module) => {
      const own = words.find(({ id }) => code !== undefined && id === `${code}/${module.id}`);
      const lessons = module.lessons.map(async (original): Promise<TitledLesson> => {
        const { title, summary } = original.entry.data;
        if (code === undefined) return { ...original, title, summary };
        const { lesson, entry } = await translate(original, code);
        return { ...lesson, title: entry?.data.title ?? title, summary: entry?.data.summary ?? summary };
      });
      return {
        ...module,
        ...(own && { data: own.data, language: code! }),
        lessons: await Promise.all(lessons),
      };
    }),
  );
}

function withWords(
  exercise: ExerciseOnDisk,
  words: CollectionEntry<'translatedExercises'>['data'],
): ExerciseOnDisk {
  const { title, task, hints, labels, placeholders } = words;
  const checks = exercise.data.checks.map((check) => {
    const label = labels[check.id] ?? check.label;
    if (check.kind !== 'answer') return { ...check, label };
    return { ...check, label, placeholder: placeholders?.[check.id] ?? check.placeholder };
  });
  return { ...exercise, data: { ...exercise.data, title, task, hints, checks } };
}
