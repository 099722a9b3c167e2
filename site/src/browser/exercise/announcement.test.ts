import { expect, test } from 'vitest';
import type { ExerciseState } from '../../../../protocol/portal-api.ts';
import type { Verdict } from '../../../../protocol/verdict.ts';
import { describeChange } from './announcement.ts';

const words = { title: 'A jail', labels: new Map([['root', 'A process in the jail.']]) };

const help = { hintsUsed: 0, solutionSeenAt: null };

function state(status: Verdict['status'], earnedAt: string | null = null): ExerciseState {
  const verdict = {
    checkId: 'root',
    status,
    sentence: 'There is none.',
    expected: '',
    observed: '',
    where: '',
    evaluatedAt: '',
  };
  return { exerciseId: 'a/b/c', verdicts: [verdict], complete: status === 'pass', earnedAt, ...help };
}

test('the first state is no news', () => {
  expect(describeChange(null, state('pass', '2026-01-01'), words)).toEqual([]);
});

test('a tick and the earning are said, and nothing twice', () => {
  expect(describeChange(state('fail'), state('pass', '2026-01-01'), words)).toEqual([
    'Done: A process in the jail.',
    'Exercise earned: A jail.',
  ]);
  expect(describeChange(state('pass', '2026-01-01'), state('pass', '2026-01-01'), words)).toEqual([]);
});

test('what stops holding is said, with the reason', () => {
  expect(describeChange(state('pass'), state('fail'), words)).toEqual([
    'No longer so: A process in the jail. There is none.',
  ]);
});
