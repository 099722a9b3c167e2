import { expect, test } from 'vitest';
import { runPool } from './pool.ts';

const signal = new AbortController().signal;

test('as many at a time as jobs, results in order', async () => {
  let running = 0;
  let most = 0;
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const tasks = gates.map((gate, index) => async () => {
    running += 1;
    most = Math.max(most, running);
    gates[4 - index]?.resolve();
    await Promise.race([gate.promise, Promise.resolve()]);
    running -= 1;
    return index;
  });
  expect(await runPool(tasks, { jobs: 2, signal })).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test('one failure ends the rest and is what rejects', async () => {
  const begun: number[] = [];
  const tasks = [0, 1, 2].map((index) => async (taskSignal: AbortSignal) => {
    begun.push(index);
    if (index === 0) throw new Error('broken');
    taskSignal.throwIfAborted();
    return index;
  });
  await expect(runPool(tasks, { jobs: 1, signal })).rejects.toThrow('broken');
  expect(begun).toEqual([0]);
});

test('an abort before the start runs nothing', async () => {
  const tasks = [() => expect.unreachable()];
  await expect(runPool(tasks, { jobs: 1, signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
});
