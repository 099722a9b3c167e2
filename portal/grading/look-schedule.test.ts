import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LookSchedule } from './look-schedule.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Looks that take `lookMs`, by the moment they began. */
function looking(lookMs = 0) {
  const begun: number[] = [];
  const start = performance.now();
  const schedule = new LookSchedule(() => {
    begun.push(performance.now() - start);
    return new Promise((resolve) => setTimeout(resolve, lookMs));
  });
  return { schedule, begun };
}

test('the first cause is looked into at once, a burst of more only once again', async () => {
  const { schedule, begun } = looking();
  for (let turn = 0; turn < 10; turn += 1) {
    schedule.request();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toEqual([0, 150]);
});

test('a cause during a look is looked into after it', async () => {
  const { schedule, begun } = looking(100);
  schedule.request();
  await vi.advanceTimersByTimeAsync(50);
  schedule.request();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toEqual([0, 150]);
});

test('what is slow to look at has a break of one gap between looks, and no longer', async () => {
  const { schedule, begun } = looking(1_000);
  schedule.request();
  for (let turn = 0; turn < 10; turn += 1) {
    await vi.advanceTimersByTimeAsync(300);
    schedule.request();
  }
  expect(begun).toEqual([0, 1_150, 2_300]);
});

test('late effects of a command are seen by a second and a third look', async () => {
  const { schedule, begun } = looking();
  schedule.request();
  schedule.requestLater();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toEqual([0, 300, 1_000]);
});

test('a new cause puts the later looks off, so that they come after its own effects', async () => {
  const { schedule, begun } = looking();
  schedule.requestLater();
  await vi.advanceTimersByTimeAsync(200);
  schedule.requestLater([400]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toEqual([600]);
});

test('without a cause, and once disposed of, there is no look', async () => {
  const { schedule, begun } = looking(10);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(begun).toEqual([]);
  schedule.requestLater();
  schedule.request();
  schedule[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(10_000);
  schedule.request();
  expect(begun).toEqual([60_000]);
});
