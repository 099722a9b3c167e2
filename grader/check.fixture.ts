import { checkSchema } from '../protocol/exercise.ts';
import type { Exercise } from '../protocol/exercise.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { gradeExercise } from './grade.ts';
import { observe, type LiteralMachine } from './observer.fixture.ts';

/** An exercise of the checks alone, as an author writes them, `id` and `label` filled in. */
export function exerciseOf(...checks: Record<string, unknown>[]): Exercise {
  return {
    title: 'An exercise',
    task: 'Bring the machine into the state asked for.',
    checks: checks.map((check, index) =>
      checkSchema.parse({ id: `check-${index + 1}`, label: 'A line of the list', ...check }),
    ),
    hints: ['Look at the state.'],
    wrong: [],
  };
}

/** The verdict on one check of a machine told in literals; `typed` is the answer to it. */
export async function verdictOn(
  check: Record<string, unknown>,
  machine: LiteralMachine,
  typed?: string,
): Promise<Verdict> {
  const faults: unknown[] = [];
  const { verdicts } = await gradeExercise({
    exerciseId: 'module/lesson/exercise',
    exercise: exerciseOf(check),
    observer: observe(machine),
    answers: new Map(typed === undefined ? [] : [['check-1', typed]]),
    now: new Date(0),
    onFault: (fault) => faults.push(fault),
  });
  if (faults.length > 0) throw faults[0];
  return verdicts[0]!;
}

/** "pass: sentence", what most tests look at. */
export async function said(...options: Parameters<typeof verdictOn>): Promise<string> {
  const verdict = await verdictOn(...options);
  return `${verdict.status}: ${verdict.sentence}`;
}
