import { expect, test } from 'vitest';
import { describeDuration, describeResult } from './command-text.ts';

const facts = (exitCode: number | null, ms = 1_234) => ({
  text: 'x',
  exitCode,
  startedAtMs: 1_000,
  endedAtMs: 1_000 + ms,
});

test('a result is said in words', () => {
  expect(describeResult(facts(0))).toBe('ended well after 1.2 s');
  expect(describeResult(facts(127))).toBe('failed with exit code 127 (command not found) after 1.2 s');
  expect(describeResult(facts(130))).toContain('(ended by Ctrl+C)');
  expect(describeResult(facts(139))).toContain('(ended by signal 11)');
  // No signal has that number: the program chose it.
  expect(describeResult(facts(255))).toBe('failed with exit code 255 after 1.2 s');
  expect(describeResult(facts(null))).toBe('ended after 1.2 s');
  expect(describeResult({ ...facts(0), endedAtMs: null })).toBe('still runs');
});

test('durations are as exact as one cares', () => {
  expect([20, 9_940, 12_300, 125_000, 3_700_000, -5].map(describeDuration)).toEqual([
    'an instant',
    '9.9 s',
    '12 s',
    '2 min 5 s',
    '1 h 1 min',
    'an instant',
  ]);
});
