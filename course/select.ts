import { CodedError } from '../protocol/errors.ts';
import { closest } from './closest.ts';
import { exercisesOf, lessonsOf, type Course, type CourseExercise, type CourseLesson } from './course.ts';

/**
 * The exercises that names mean, in the course's order; all where there are no names. A name is the id of an exercise, a
 * lesson or a module, or an exercise's slug alone. Throws EXERCISE_UNKNOWN.
 */
export function selectExercises(course: Course, names: readonly string[]): CourseExercise[] {
  return selected(exercisesOf(course), names, { what: 'exercise', code: 'EXERCISE_UNKNOWN' });
}

/** The same of lessons: a name is the id of a lesson or a module, or a lesson's slug alone. Throws LESSON_UNKNOWN. */
export function selectLessons(course: Course, names: readonly string[]): CourseLesson[] {
  return selected(lessonsOf(course), names, { what: 'lesson', code: 'LESSON_UNKNOWN' });
}

function selected<T extends { id: string; slug: string }>(
  all: readonly T[],
  names: readonly string[],
  { what, code }: { what: string; code: 'EXERCISE_UNKNOWN' | 'LESSON_UNKNOWN' },
): T[] {
  if (names.length === 0) return [...all];
  for (const name of names) {
    if (all.some((each) => isMeant(each, name))) continue;
    const candidates = all.flatMap(({ id, slug }) => [id, slug]);
    const meant = closest(name, candidates);
    const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
    throw new CodedError(
      code,
      `no ${what} is called \`${name}\`; \`chrootcamp course list\` lists them${hint}`,
    );
  }
  return all.filter((each) => names.some((name) => isMeant(each, name)));
}

function isMeant({ id, slug }: { id: string; slug: string }, name: string): boolean {
  return id === name || slug === name || id.startsWith(`${name}/`);
}
