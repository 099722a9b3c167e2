import { expect, test } from 'vitest';
import { StickyKeys } from './sticky-keys.ts';

test('applies to the next key only', () => {
  const heard: string[] = [];
  const keys = new StickyKeys((held) => heard.push([...held].join('+')));
  expect(keys.apply('c')).toBe('c');
  keys.toggle('ctrl');
  expect(keys.apply('c')).toBe('\u0003');
  expect(keys.apply('c')).toBe('c');
  expect(heard).toEqual(['ctrl', '']);
});

test('pressed twice it is off again', () => {
  const keys = new StickyKeys(() => {});
  keys.toggle('alt');
  keys.toggle('alt');
  expect(keys.apply('b')).toBe('b');
});

test('Alt is a prefix, both together are both, arrows say it in a number', () => {
  const keys = new StickyKeys(() => {});
  const held = (...which: ('ctrl' | 'alt')[]) => {
    for (const key of which) keys.toggle(key);
    return keys;
  };
  expect(held('alt').apply('b')).toBe('\u001bb');
  expect(held('ctrl', 'alt').apply('c')).toBe('\u001b\u0003');
  expect(held('ctrl').apply('\u001b[D')).toBe('\u001b[1;5D');
  expect(held('alt').apply('\u001bOA')).toBe('\u001b[1;3A');
  expect(held('ctrl').apply('ü')).toBe('ü');
});
