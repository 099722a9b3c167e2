import type { NestedCheck } from '../../protocol/checks/combined.ts';
import type { Check } from '../../protocol/exercise.ts';
import type { CourseExercise } from '../course.ts';

/** Every check that runs a script of its own, also below checks of checks. */
export function scriptChecksIn(
  exercises: readonly CourseExercise[],
): { exerciseId: string; checkId: string }[] {
  return exercises.flatMap(({ id, exercise }) =>
    exercise.checks.filter(runsScript).map((check) => ({ exerciseId: id, checkId: check.id })),
  );
}

function runsScript(check: Check | NestedCheck): boolean {
  if ((check.kind as string) === 'script') return true;
  if ('checks' in check) return check.checks.some(runsScript);
  return 'check' in check && runsScript(check.check);
}
