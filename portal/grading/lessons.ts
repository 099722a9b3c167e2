/** The course as the portal needs it: lessons and exercises by id, set-up scripts read once, at the start. */
import { readFile } from 'node:fs/promises';
import type { Course, CourseLesson } from '../../course/course.ts';
import { runBlocksOf } from '../../course/run-blocks.ts';
import type { RunBlock } from '../../course/run-blocks.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { Exercise } from '../../protocol/exercise.ts';
import type { ExerciseId, LessonId } from '../../protocol/ids.ts';

export interface Lesson {
  id: LessonId;
  exercises: LessonExercise[];
  runBlocks: RunBlock[];
}

export interface LessonExercise {
  id: ExerciseId;
  slug: string;
  lessonId: LessonId;
  exercise: Exercise;
  /** Text of `setup.sh`. */
  setUpScript: string | null;
  /** Text of `solve.sh`. */
  solution: string;
}

export class Lessons {
  #lessons: ReadonlyMap<LessonId, Lesson>;

  private constructor(lessons: readonly Lesson[]) {
    this.#lessons = new Map(lessons.map((lesson) => [lesson.id, lesson]));
  }

  static async of(course: Course): Promise<Lessons> {
    return new Lessons(await Promise.all(course.modules.flatMap((module) => module.lessons.map(readLesson))));
  }

  /** The course was written on: from now on these are its lessons. */
  replaceBy(other: Lessons): void {
    this.#lessons = other.#lessons;
  }

  has(id: LessonId): boolean {
    return this.#lessons.has(id);
  }

  /** Throws LESSON_UNKNOWN. */
  lesson(id: LessonId): Lesson {
    const lesson = this.#lessons.get(id);
    if (lesson) return lesson;
    throw new CodedError('LESSON_UNKNOWN', `there is no lesson ${id} in this course`);
  }

  /** All of the course, in its order. */
  exercises(): LessonExercise[] {
    return [...this.#lessons.values()].flatMap(({ exercises }) => exercises);
  }

  /** Throws EXERCISE_UNKNOWN. */
  exercise(id: ExerciseId): LessonExercise {
    const lessonId = id.slice(0, id.lastIndexOf('/'));
    const exercise = this.#lessons.get(lessonId)?.exercises.find((one) => one.id === id);
    if (exercise) return exercise;
    throw new CodedError('EXERCISE_UNKNOWN', `there is no exercise ${id} in this course`);
  }
}

/** The commands a Run button stands for. Throws RUN_BLOCK_UNKNOWN, or RUN_BLOCK_CHANGED where the page shows others. */
export function commandsOf(lesson: Lesson, asked: { block: number; digest: string }): string {
  // By what it says first: a translation may have other blocks before it.
  const same = lesson.runBlocks.filter(({ digest }) => digest === asked.digest);
  const found = same.find(({ index }) => index === asked.block) ?? same[0];
  if (found) return found.commands;
  const there = lesson.runBlocks.some(({ index }) => index === asked.block);
  throw there
    ? new CodedError(
        'RUN_BLOCK_CHANGED',
        `block ${asked.block} of ${lesson.id} says something else than the page`,
      )
    : new CodedError('RUN_BLOCK_UNKNOWN', `${lesson.id} has no block ${asked.block} that can be run`);
}

async function readLesson({ id, exercises, file }: CourseLesson): Promise<Lesson> {
  const read = exercises.map(async ({ id: exerciseId, slug, exercise, scripts }): Promise<LessonExercise> => {
    const setUpScript = scripts.setup === null ? null : await readFile(scripts.setup, 'utf8');
    const solution = await readFile(scripts.solve, 'utf8');
    return { id: exerciseId, slug, lessonId: id, exercise, setUpScript, solution };
  });
  const runBlocks = runBlocksOf(await readFile(file, 'utf8'));
  return { id, exercises: await Promise.all(read), runBlocks };
}
