import { expect, test } from 'vitest';
import { coveredBottom } from './keyboard-inset.ts';

const page = { innerHeight: 844, height: 844, offsetTop: 0, scale: 1 };

test('a keyboard covers what is not visible any more', () => {
  expect(coveredBottom(page)).toBe(0);
  expect(coveredBottom({ ...page, height: 508 })).toBe(336);
  expect(coveredBottom({ ...page, height: 508, offsetTop: 40 })).toBe(296);
});

test('a browser’s own bars and a pinched page are no keyboard', () => {
  expect(coveredBottom({ ...page, height: 790 })).toBe(0);
  expect(coveredBottom({ ...page, height: 400, scale: 2 })).toBe(0);
});
