import { expect, test } from 'vitest';
import { estimateMinutes, lateMs } from './waiting-time.ts';

const minute = 60_000;
const now = Date.UTC(2026, 0, 1);

test('with nothing to judge by there is no estimate', () => {
  expect(estimateMinutes({ place: 1, now, servedAt: [], endsAt: [] })).toBeNull();
  expect(estimateMinutes({ place: 3, now, servedAt: [now], endsAt: [now + minute] })).toBeNull();
});

test('by the pace at which others were served', () => {
  const servedAt = [now - 12 * minute, now - 8 * minute, now - 2 * minute];
  expect(estimateMinutes({ place: 1, now, servedAt, endsAt: [] })).toBe(6);
  expect(estimateMinutes({ place: 3, now, servedAt, endsAt: [] })).toBe(18);
  const long = servedAt.map((at) => at - lateMs);
  expect(estimateMinutes({ place: 1, now, servedAt: long, endsAt: [] })).toBeNull();
});

test('by when machines that nobody uses will be stopped, where that is sooner; at least a minute', () => {
  const endsAt = [now + 20 * minute, now + 5 * minute];
  expect(estimateMinutes({ place: 1, now, servedAt: [], endsAt })).toBe(5);
  expect(estimateMinutes({ place: 2, now, servedAt: [], endsAt })).toBe(20);
  expect(estimateMinutes({ place: 1, now, servedAt: [], endsAt: [now - minute] })).toBe(1);
});
