import { expect, test } from 'vitest';
import { clampSplit, moveSplit } from './split-position.ts';

test('neither side is ever squeezed away', () => {
  expect([clampSplit(-3), clampSplit(48.4), clampSplit(99)]).toEqual([25, 48, 75]);
});

test('arrow keys move it, Home and End go to the ends, Enter back to the middle', () => {
  expect(moveSplit(50, 'ArrowLeft')).toBe(48);
  expect(moveSplit(74, 'ArrowRight')).toBe(75);
  expect([moveSplit(50, 'Home'), moveSplit(50, 'End'), moveSplit(70, 'Enter')]).toEqual([25, 75, 44]);
  expect(moveSplit(50, 'a')).toBeNull();
});
