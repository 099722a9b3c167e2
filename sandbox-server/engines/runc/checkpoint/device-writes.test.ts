import { expect, test } from 'vitest';
import { isOnlyThaw, isSame, parseWrites } from './device-writes.ts';

const quiet = '  9244 295 75164 2801 393348 434017 30800794 392117 0 132820 475679 7 0 56 0 87720 80761\n';

test('writes, discards and what is under way count; reads do not', () => {
  expect(parseWrites(quiet)).toEqual({ requests: 393_355, sectors: 30_800_850 });
  expect(isSame(parseWrites(quiet), parseWrites(quiet.replace('9244', '9999')))).toBe(true);
  for (const [from, to] of [
    ['393348', '393349'],
    ['30800794', '30800802'],
    [' 0 132820', ' 1 132820'],
    [' 7 0 56', ' 8 0 56'],
    [' 7 0 56', ' 7 0 64'],
  ] as const) {
    expect(isSame(parseWrites(quiet), parseWrites(quiet.replace(from, to))), to).toBe(false);
  }
});

test("a thaw's own block is told from a learner's", () => {
  const before = { requests: 10, sectors: 80 };
  expect(isOnlyThaw(before, { requests: 11, sectors: 88 })).toBe(true);
  expect(isOnlyThaw(before, { requests: 12, sectors: 88 })).toBe(false);
  expect(isOnlyThaw(before, { requests: 11, sectors: 96 })).toBe(false);
});
