import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OutputPump } from './output-pump.ts';

test('a slow taker gets all of what a pipe held open by others has', async () => {
  const stream = new PassThrough();
  let taken = 0;
  const pump = new OutputPump(stream, async (chunk) => {
    await delay(20);
    taken += chunk.length;
  });
  // Never ended: something in the background still has it.
  for (let count = 0; count < 40; count += 1) stream.write(Buffer.alloc(10_000));
  await pump.whenDrained();
  expect(taken).toBe(400_000);
  stream.destroy();
});

test('the end of the stream is waited for no longer than it takes, and a failing taker is told', async () => {
  const stream = new PassThrough();
  const pump = new OutputPump(stream, () => undefined);
  stream.end('all');
  await pump.whenDrained();
  const failing = new PassThrough();
  const failed = new OutputPump(failing, () => Promise.reject(new Error('taker gone')));
  failing.write('x');
  await expect(failed.whenDrained()).rejects.toThrow('taker gone');
});
