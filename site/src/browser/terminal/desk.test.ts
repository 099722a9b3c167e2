import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clampDivider, moveDivider, readDesk, sortByDesk } from './desk.ts';

test('whatever is stored becomes a desk', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (stored) => {
      const desk = readDesk(stored);
      expect(desk.order.every((id) => typeof id === 'string')).toBe(true);
      expect(desk.percent).toBe(clampDivider(desk.percent));
    }),
  );
  expect(readDesk('{"order":["b",1,"a"],"numbers":{"b":2,"a":"x","c":-1},"left":"a","percent":99}')).toEqual({
    order: ['b', 'a'],
    numbers: { b: 2 },
    left: 'a',
    right: null,
    active: null,
    percent: 80,
  });
});

test('terminals lie as they were put, new ones after them in their own order', () => {
  const desk = readDesk('{"order":["c","gone","a"]}');
  const sorted = sortByDesk(desk, [{ id: 'a' }, { id: 'x' }, { id: 'b' }, { id: 'c' }]);
  expect(sorted.map(({ id }) => id)).toEqual(['c', 'a', 'x', 'b']);
});

test('keys move the divider, never so far that a terminal vanishes', () => {
  expect(moveDivider(50, 'ArrowLeft')).toBe(48);
  expect([moveDivider(21, 'PageDown'), moveDivider(79, 'ArrowRight'), moveDivider(30, 'Enter')]).toEqual([
    20, 80, 50,
  ]);
  expect(moveDivider(50, 'a')).toBeNull();
});
