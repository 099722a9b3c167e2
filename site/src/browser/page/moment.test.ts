import { expect, test } from 'vitest';
import { sayMoment } from './moment.ts';

const at = (day: number, hours: number, minutes: number): Date => new Date(2026, 4, day, hours, minutes);

test('today the time is enough', () => {
  expect(sayMoment(at(3, 10, 42).toISOString(), at(3, 11, 0))).toMatch(/^at 10:42/);
});

test('another day is named', () => {
  expect(sayMoment(at(2, 10, 42).toISOString(), at(3, 11, 0))).toMatch(/^on .*2.* at 10:42/);
});
