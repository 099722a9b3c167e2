import { expect, test } from 'vitest';
import { readSomePercent } from './pressure.ts';

test("the last ten seconds' share of time in which somebody waited", () => {
  const text =
    'some avg10=67.95 avg60=74.57 avg300=60.25 total=4993297618\nfull avg10=1.00 avg60=0.00 avg300=0.00 total=0\n';
  expect(readSomePercent(text)).toBe(67.95);
  expect(readSomePercent('')).toBe(0);
});
