import { expect, test } from 'vitest';
import { StickyControl } from './sticky-control.ts';

test('applies to the next key only', () => {
  const heard: boolean[] = [];
  const control = new StickyControl((on) => heard.push(on));
  expect(control.apply('c')).toBe('c');
  control.toggle();
  expect(control.apply('c')).toBe('\u0003');
  expect(control.apply('c')).toBe('c');
  expect(heard).toEqual([true, false]);
});

test('what has no control character passes', () => {
  const control = new StickyControl(() => {});
  control.toggle();
  expect(control.apply('\u001b[A')).toBe('\u001b[A');
});
