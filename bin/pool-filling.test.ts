import { expect, test } from 'vitest';
import type { PoolView } from '../protocol/sandbox-api.ts';
import { poolFilling } from './pool-filling.ts';

const { signal } = new AbortController();

/** What is seen when the pool looks like each of these in turn. */
async function seen(...views: PoolView[]): Promise<string[]> {
  const look = async () => views.shift() ?? expect.fail('looked once too often');
  const found: string[] = [];
  for await (const { ready, reason } of poolFilling({ look, everyMs: 0, signal }))
    found.push(reason === undefined ? `${ready}` : `${ready} ${reason}`);
  return found;
}

test('each one more is told, until it is full', async () => {
  const [none, one, two] = [0, 1, 2].map((ready) => ({ size: 2, ready, making: 1 }));
  expect(await seen(none!, none!, one!, one!, two!)).toEqual(['0', '1', '2']);
  expect(await seen({ size: 0, ready: 0, making: 0 })).toEqual(['0']);
});

test('it ends where there is a reason for no more', async () => {
  const none = { size: 9, ready: 1, making: 0 };
  expect(await seen(none, { ...none, reason: 'no memory' })).toEqual(['1', '1 no memory']);
});

test('it can be interrupted', async () => {
  const look = async () => ({ size: 9, ready: 1, making: 1 });
  const interrupted = new AbortController();
  const filling = poolFilling({ look, signal: interrupted.signal });
  await filling.next();
  const next = filling.next();
  interrupted.abort();
  await expect(next).rejects.toThrow('aborted');
});
