import { expect, test } from 'vitest';
import { drawContours } from './contours.ts';

const hill = { x: 100, y: 100, height: 1, spreadX: 30, spreadY: 30 };

test('a single hill gives one closed line per level', () => {
  const [line = ''] = drawContours({ width: 200, height: 200, step: 10, hills: [hill], levels: [0.5] });
  expect(line.match(/M/g)).toHaveLength(1);
  const numbers = line.match(/[\d.]+/g)?.map(Number) ?? [];
  expect(numbers.slice(-2)).toEqual(numbers.slice(0, 2));
});

test('a hill cut by the border gives one open line', () => {
  const edge = { ...hill, x: 0 };
  const [line = ''] = drawContours({ width: 200, height: 200, step: 10, hills: [edge], levels: [0.5] });
  expect(line.match(/M/g)).toHaveLength(1);
});

test('there is no line above the summit', () => {
  expect(drawContours({ width: 200, height: 200, step: 10, hills: [hill], levels: [1.1] })).toEqual(['']);
});
