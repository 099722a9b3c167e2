import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { plainProgress } from './plain.ts';
import { runSteps } from './run-steps.ts';
import { elapsedWords } from './step.ts';

const never = new AbortController().signal;

test('one failure ends the others, and is what it rejects with', async () => {
  let ended = false;
  const waiting = {
    title: 'waiting',
    run: ({ signal }: { signal: AbortSignal }) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          ended = true;
          reject(signal.reason);
        });
      }),
  };
  const failing = { title: 'failing', run: () => Promise.reject(new Error('no disk')) };
  await expect(runSteps([waiting, failing], { signal: never, to: 'stderr' })).rejects.toThrow('no disk');
  expect(ended).toBe(true);
});

test('an interrupt rejects with its reason', async () => {
  const controller = new AbortController();
  const step = {
    title: 'waiting',
    run: ({ signal }: { signal: AbortSignal }) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        controller.abort(new Error('interrupted'));
      }),
  };
  await expect(runSteps([step], { signal: controller.signal, to: 'stderr' })).rejects.toThrow('interrupted');
});

test('plain lines carry the title, what is being done and the time', async () => {
  const stream = new PassThrough();
  const step = {
    title: 'Building',
    run: async ({ onStep }: { onStep: (words: string) => void }) => onStep('unpacking'),
  };
  await plainProgress(stream)([step], never);
  stream.end();
  expect(await text(stream)).toBe('> Building\n  Building: unpacking (0 s)\n+ Building, done (0 s)\n');
});

test('elapsed time in words', () => {
  expect([400, 7_400, 65_000, 120_000].map(elapsedWords)).toEqual(['0 s', '7 s', '1 min 5 s', '2 min']);
});
