/** A learner's results, from what is stored and what the course has. */
import type { ExerciseProgress } from '../../protocol/portal-api.ts';
import type { ExerciseResult, Results } from '../../protocol/results.ts';

/** An exercise of the course, as far as results tell of it. */
export interface CourseItem {
  id: string;
  exercise: { title: string; hints: readonly string[] };
}

export function resultsOf(options: {
  learnerId: string;
  items: readonly CourseItem[];
  progress: readonly ExerciseProgress[];
  now: Date;
}): Results {
  const { learnerId, items, progress, now } = options;
  const known = new Map(progress.map((one) => [one.exerciseId, one]));
  const exercises = items.map((item) => resultOf(item, known.get(item.id)));
  const earned = exercises.filter(({ earnedAt }) => earnedAt !== null).length;
  return { learnerId, exportedAt: now.toISOString(), earned, exercises };
}

function resultOf({ id, exercise }: CourseItem, progress: ExerciseProgress | undefined): ExerciseResult {
  const { firstTriedAt = null, earnedAt = null, solutionSeenAt = null } = progress ?? {};
  const isEarned = earnedAt !== null && firstTriedAt !== null;
  return {
    exerciseId: id,
    title: exercise.title,
    firstTriedAt,
    earnedAt,
    secondsToEarn: isEarned ? Math.round((Date.parse(earnedAt) - Date.parse(firstTriedAt)) / 1000) : null,
    tries: progress?.tries ?? 0,
    hintsUsed: progress?.hintsUsed ?? 0,
    hintsGiven: exercise.hints.length,
    solutionSeenAt,
    earnedWithSolution: earnedAt !== null && solutionSeenAt !== null && solutionSeenAt < earnedAt,
  };
}
