import type { Exercise } from '../protocol/exercise.ts';
import type { ExerciseId, LessonId } from '../protocol/ids.ts';

/** The whole course, in the order of its folder numbers. Paths are joined to the content folder as it was given. */
export interface Course {
  contentDir: string;
  modules: CourseModule[];
  /** Besides the one it is written in. */
  languages: CourseLanguage[];
}

export interface CourseLanguage {
  /** `de`. */
  code: string;
  /** `Deutsch`. */
  name: string;
  /** Ids of the lessons that are translated. */
  lessons: LessonId[];
}

export interface CourseModule {
  /** `before-docker`. */
  slug: string;
  number: number;
  title: string;
  summary: string;
  dir: string;
  lessons: CourseLesson[];
}

export interface CourseLesson {
  id: LessonId;
  slug: string;
  number: number;
  title: string;
  summary: string;
  minutes: number;
  dir: string;
  /** The path of its `lesson.mdx`. */
  file: string;
  exercises: CourseExercise[];
}

export interface CourseExercise {
  id: ExerciseId;
  slug: string;
  number: number;
  dir: string;
  /** The path of its `exercise.yaml`. */
  file: string;
  exercise: Exercise;
  scripts: ExerciseScripts;
}

/** Paths of the scripts that prove an exercise. */
export interface ExerciseScripts {
  setup: string | null;
  solve: string;
  alternatives: string[];
  wrong: WrongScript[];
}

export interface WrongScript {
  path: string;
  /** The check that must fail after it. */
  fails: string;
  /** Must stand in that check's sentence. */
  says: string;
}

/** Every lesson, in the course's order. */
export function lessonsOf(course: Course): CourseLesson[] {
  return course.modules.flatMap((module) => module.lessons);
}

/** Every exercise, in the course's order. */
export function exercisesOf(course: Course): CourseExercise[] {
  return lessonsOf(course).flatMap((lesson) => lesson.exercises);
}
