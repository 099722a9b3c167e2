import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('1, 2, 4, 8, 16, and then always 30 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map(backoffMs)).toEqual(
    [1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1000),
  );
});
