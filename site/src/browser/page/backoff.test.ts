import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('the first retry is immediate, the later ones wait longer and never above 15 s', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((failures) => backoffMs(failures, 0.999999));
  expect(longest).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
});

test('chance takes off at most half', () => {
  expect(backoffMs(7, 0)).toBe(7_500);
  expect(backoffMs(7, 0.5)).toBe(11_250);
});
