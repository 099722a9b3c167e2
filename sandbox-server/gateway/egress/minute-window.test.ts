import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MinuteWindow } from './minute-window.ts';

test('what is a minute old no longer counts', () => {
  const window = new MinuteWindow();
  window.add(5, 1_000_500);
  window.add(7, 1_030_500);
  expect(window.total(1_030_999)).toBe(12);
  expect(window.total(1_059_999)).toBe(12);
  expect(window.total(1_060_000)).toBe(7);
  expect(window.total(9_000_000)).toBe(0);
});

test('says when there is room again', () => {
  const window = new MinuteWindow();
  window.add(5, 1_000_000);
  window.add(7, 1_030_000);
  expect(window.secondsUntilBelow(100, 1_030_000)).toBe(0);
  expect(window.secondsUntilBelow(12, 1_030_000)).toBe(30);
  expect(window.secondsUntilBelow(7, 1_030_000)).toBe(60);
});

test('never differs from adding up the last 60 seconds by hand', () => {
  const step = fc.record({ afterMs: fc.nat(40_000), amount: fc.nat(1_000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const window = new MinuteWindow();
      const added: { second: number; amount: number }[] = [];
      let now = 5_000_000;
      for (const { afterMs, amount } of steps) {
        now += afterMs;
        window.add(amount, now);
        added.push({ second: Math.floor(now / 1000), amount });
        const recent = added.filter(({ second }) => second > Math.floor(now / 1000) - 60);
        expect(window.total(now)).toBe(recent.reduce((sum, one) => sum + one.amount, 0));
      }
    }),
  );
});
