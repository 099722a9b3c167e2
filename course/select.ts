import { CodedError } from '../protocol/errors.ts';
import { closest } from './closest.ts';
import { exercisesOf, type Course, type CourseExercise } from './course.ts';

/**
 * The exercises that names mean, in the course's order; all where there are no names. A name is the id of an exercise, a
 * lesson or a module, or an exercise's slug alone. Throws EXERCISE_UNKNOWN.
 */
export function selectExercises(course: Course, names: readonly string[]): CourseExercise[] {
  const all = exercisesOf(course);
  if (names.length === 0) return all;
  for (const name of names) {
    if (all.some((exercise) => isMeant(exercise, name))) continue;
    const candidates = all.flatMap(({ id, slug }) => [id, slug]);
    const meant = closest(name, candidates);
    const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
    const message = `no exercise is called \`${name}\`; \`chrootcamp course list\` lists them${hint}`;
    throw new CodedError('EXERCISE_UNKNOWN', message);
  }
  return all.filter((exercise) => names.some((name) => isMeant(exercise, name)));
}

function isMeant({ id, slug }: CourseExercise, name: string): boolean {
  return id === name || slug === name || id.startsWith(`${name}/`);
}
