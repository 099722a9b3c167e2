import { expect, test } from 'vitest';
import type { ExerciseResult } from '../../../../protocol/results.ts';
import { helpText, stateText } from './result-text.ts';

function result(changes: Partial<ExerciseResult>): ExerciseResult {
  return {
    exerciseId: 'a/b/c',
    title: 'A jail',
    firstTriedAt: null,
    earnedAt: null,
    secondsToEarn: null,
    tries: 0,
    hintsUsed: 0,
    hintsGiven: 2,
    solutionSeenAt: null,
    earnedWithSolution: false,
    ...changes,
  };
}
const noon = '2026-01-01T12:00:00.000Z';

test('what was not begun, begun and earned', () => {
  expect(stateText(result({}))).toBe('Not begun');
  expect(stateText(result({ firstTriedAt: noon }))).toBe('Begun');
  const earned = (secondsToEarn: number): string =>
    stateText(result({ firstTriedAt: noon, earnedAt: noon, secondsToEarn }), 'en-GB');
  expect([10, 100, 9_000, 300_000].map(earned)).toEqual([
    'Earned on 1 January 2026, within a minute',
    'Earned on 1 January 2026, after 2 minutes',
    'Earned on 1 January 2026, after 3 hours',
    'Earned on 1 January 2026, after 3 days',
  ]);
});

test('the help that was taken', () => {
  expect(helpText(result({}))).toBe('');
  expect(helpText(result({ tries: 1 }))).toBe('1 try');
  expect(helpText(result({ tries: 3, hintsUsed: 1, solutionSeenAt: noon, earnedWithSolution: true }))).toBe(
    '3 tries, 1 of 2 hints, solution seen before',
  );
});
