import { expect, test } from 'vitest';
import { closeCodes, mayRetry } from './close-codes.ts';

test.each(Object.entries(closeCodes))('%s says whether to try again', (code, { retry, means }) => {
  expect(mayRetry(Number(code))).toBe(retry);
  expect(means).toMatch(/^[A-Z].*\.$/);
});

test('names are told apart', () => {
  const names = Object.values(closeCodes).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  [1000, true],
  [1001, true],
  [1002, true],
  [1006, true],
  [1007, true],
  [1008, false],
  [1009, false],
  [1011, true],
  [1012, true],
  [4999, true],
])("WebSocket's own %i: try again %s", (code, expected) => {
  expect(mayRetry(code)).toBe(expected);
});
