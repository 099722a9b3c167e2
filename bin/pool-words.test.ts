import { expect, test } from 'vitest';
import { poolWords } from './pool-words.ts';

test('how many stand ready, and what is on its way', () => {
  expect(poolWords({ size: 3, ready: 2, making: 1 })).toBe('2 of 3 machines stand ready, 1 is being made.\n');
  expect(poolWords({ size: 1, ready: 1, making: 0 })).toBe('1 of 1 machine stands ready.\n');
});

test('why there are fewer is said', () => {
  expect(poolWords({ size: 9, ready: 2, making: 0, reason: 'no memory' })).toMatch(
    /^No more are made: no memory\.$/m,
  );
});
