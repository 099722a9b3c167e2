import { expect, test } from 'vitest';
import { Signal } from './signal.ts';

test('a watcher hears the value now and every later one, until it stops', () => {
  const signal = new Signal(1);
  const heard: number[] = [];
  const stop = signal.watch((value) => heard.push(value));
  signal.set(2);
  stop();
  signal.set(3);
  expect(heard).toEqual([1, 2]);
});

test('until takes the present value, or waits for one', async () => {
  const signal = new Signal('a');
  expect(await signal.until((value) => value === 'a')).toBe('a');
  const later = signal.until((value) => value === 'c');
  signal.set('b');
  signal.set('c');
  expect(await later).toBe('c');
});
