import { expect, test } from 'vitest';
import { type BuildEvent, BuildSteps } from './build-step.ts';

function recorded(signal?: AbortSignal): { steps: BuildSteps; events: string[] } {
  const events: string[] = [];
  const onStep = ({ step, state, detail }: BuildEvent) =>
    events.push([step, state, detail].filter(Boolean).join(' '));
  return { steps: new BuildSteps({ onStep, signal }), events };
}

test('reports a step from its start to its end', async () => {
  const { steps, events } = recorded();
  const result = await steps.run('tree', async (onProgress) => {
    onProgress('halfway');
    return 7;
  });
  steps.skip('image');
  expect(result).toBe(7);
  expect(events).toEqual(['tree started', 'tree progress halfway', 'tree done', 'image skipped']);
});

test('a failure stops the steps beside it, and is the one that is thrown', async () => {
  const { steps, events } = recorded();
  const stopped = new Promise<never>((_, reject) => {
    steps.signal.addEventListener('abort', () => reject(new Error('stopped by the other')));
  });
  const together = steps.all([
    steps.run('slow', () => stopped),
    steps.run('broken', () => Promise.reject(new Error('no space'))),
  ]);
  await expect(together).rejects.toThrow('no space');
  expect(events).toEqual([
    'slow started',
    'broken started',
    'broken failed Error: no space',
    'slow failed stopped',
  ]);
});

test("begins nothing after the caller's signal", async () => {
  const { steps, events } = recorded(AbortSignal.abort(new Error('enough')));
  await expect(steps.run('tree', async () => {})).rejects.toThrow('enough');
  expect(events).toEqual([]);
});
