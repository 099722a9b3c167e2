import { expect } from 'vitest';
import { gradeExercise } from '../../grader/grade.ts';
import { exerciseSchema } from '../../protocol/exercise.ts';
import { createObserver } from '../../sandbox-client/observer.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';

/** "pass: sentence | hint" of one check, looked at from outside. `answer`: what was typed. */
export async function saidOf(
  check: Record<string, unknown>,
  { client, sandboxId, answer = '' }: { client: SandboxClient; sandboxId: string; answer?: string },
): Promise<string> {
  const exercise = exerciseSchema.parse({
    title: 'An exercise',
    task: 'Bring the machine into the state asked for.',
    checks: [{ id: 'check', label: 'A line of the list', ...check }],
    hints: ['Look at the state.'],
    wrong: ['a', 'b'].map((name) => ({ script: `wrong-${name}.sh`, fails: 'check', says: 'not' })),
  });
  const faults: unknown[] = [];
  const { verdicts } = await gradeExercise({
    exerciseId: 'module/lesson/exercise',
    exercise,
    observer: createObserver({ client, sandboxId }),
    answers: new Map([['check', answer]]),
    now: new Date(),
    onFault: (fault) => faults.push(fault),
  });
  expect(faults).toEqual([]);
  const [verdict] = verdicts;
  return [`${verdict?.status}: ${verdict?.sentence}`, ...(verdict?.hint ? [verdict.hint] : [])].join(' | ');
}
