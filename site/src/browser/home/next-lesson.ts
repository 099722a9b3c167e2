import type { ExerciseProgress } from '../../../../protocol/portal-api.ts';

export interface LessonLink {
  id: string;
  url: string;
  title: string;
  /** Ids of its exercises. */
  exercises: string[];
}

export interface Suggestion {
  lesson: LessonLink;
  /** `start`: nothing was done yet. `done`: all exercises are earned. */
  kind: 'start' | 'continue' | 'done';
}

/**
 * Where to go on: the lesson one was last in, or, when all of it is earned, the next with something to earn.
 *
 * @param lessons in the course's order, at least one
 * @param lastLessonId as this browser remembers it; the latest tried exercise counts where it does not
 */
export function suggestLesson(
  lessons: readonly LessonLink[],
  progress: readonly ExerciseProgress[],
  lastLessonId: string | null,
): Suggestion | null {
  const earned = new Set(
    progress.filter(({ earnedAt }) => earnedAt !== null).map(({ exerciseId }) => exerciseId),
  );
  const isDone = (lesson: LessonLink): boolean => lesson.exercises.every((id) => earned.has(id));
  const tried = progress
    .filter(({ firstTriedAt }) => firstTriedAt !== null)
    .toSorted((a, b) => (a.firstTriedAt ?? '').localeCompare(b.firstTriedAt ?? ''))
    .at(-1)?.exerciseId;
  let last = lessons.findIndex(({ id }) => id === lastLessonId);
  if (last === -1)
    last = lessons.findIndex(({ exercises }) => tried !== undefined && exercises.includes(tried));
  const [first] = lessons;
  if (!first) return null;
  if (last === -1) return { lesson: first, kind: 'start' };
  const ahead = [...lessons.slice(last), ...lessons.slice(0, last)];
  const open = ahead.find((lesson) => !isDone(lesson));
  return open ? { lesson: open, kind: 'continue' } : { lesson: first, kind: 'done' };
}
