/** The whole course, in order, as the pages need it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getCollection, type CollectionEntry } from 'astro:content';
import { compareNumbers, readCoursePath, type CoursePath } from './course-path.ts';

export interface ExerciseOnDisk extends CoursePath {
  /** The last word of the id, as `<Exercise id>` names it. */
  slug: string;
  data: CollectionEntry<'exercises'>['data'];
  /** Of its words: `de`; undefined where they are the original's. */
  language?: string;
  /** A script prepares the learner's machine for it. */
  hasSetup: boolean;
}

export interface LessonOnDisk extends CoursePath {
  url: string;
  /** Of its words: `de`; undefined where they are the original's. */
  language?: string;
  /** Folder its files lie in, relative to the project. */
  folder: string;
  entry: CollectionEntry<'lessons'>;
  module: { slug: string; number: number; title: string };
  exercises: ExerciseOnDisk[];
}

export interface ModuleOnDisk extends CoursePath {
  number: number;
  data: CollectionEntry<'modules'>['data'];
  lessons: LessonOnDisk[];
}

/** @throws Error where a lesson lacks its module, or an exercise is not placed in its lesson */
export async function readCourse(): Promise<ModuleOnDisk[]> {
  const [modules, lessons, exercises] = await Promise.all([
    getCollection('modules'),
    getCollection('lessons'),
    getCollection('exercises'),
  ]);
  const placedExercises = exercises.map(placeExercise).sort(compareNumbers);
  return modules
    .map((module) => {
      const path = readCoursePath(pathOf(module));
      const number = path.numbers[0] ?? 0;
      const inModule = lessons
        .filter((lesson) => lesson.id.startsWith(`${module.id}/`))
        .map((entry): LessonOnDisk => {
          const lesson: LessonOnDisk = {
            ...readCoursePath(pathOf(entry)),
            url: `/${entry.id}/`,
            folder: dirname(pathOf(entry)),
            entry,
            module: { slug: module.id, number, title: module.data.title },
            exercises: placedExercises.filter((exercise) => exercise.id.startsWith(`${entry.id}/`)),
          };
          refuseUnplacedExercises(lesson);
          return lesson;
        })
        .sort(compareNumbers);
      return { ...path, number, data: module.data, lessons: inModule };
    })
    .filter((module) => module.lessons.length > 0)
    .sort(compareNumbers);
}

function placeExercise(entry: CollectionEntry<'exercises'>): ExerciseOnDisk {
  const path = pathOf(entry);
  return {
    ...readCoursePath(path),
    slug: entry.id.split('/').at(-1) ?? entry.id,
    data: entry.data,
    hasSetup: existsSync(join(dirname(path), 'setup.sh')),
  };
}

function refuseUnplacedExercises(lesson: LessonOnDisk): void {
  for (const exercise of lesson.exercises) {
    if (!lesson.entry.body?.includes(`<Exercise id="${exercise.slug}"`)) {
      throw new Error(
        `${lesson.folder}/lesson.mdx does not place its exercise ${exercise.slug}, so nobody would see it. ` +
          `Write <Exercise id="${exercise.slug}" /> where it belongs.`,
      );
    }
  }
}

function pathOf(entry: { id: string; filePath?: string }): string {
  if (entry.filePath === undefined) throw new Error(`Astro gave no file path for ${entry.id}`);
  return entry.filePath;
}
