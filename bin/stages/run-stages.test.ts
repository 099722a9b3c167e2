import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { chooseStages, runStages } from './run-stages.ts';
import type { Count, Stage } from './stage.ts';

const stage = (name: string, count: Count): Stage => ({ name, run: async () => count });
const { signal } = new AbortController();

async function outcome(...stages: Stage[]): Promise<{ status: number; lines: string[] }> {
  const output = new PassThrough();
  const status = await runStages(stages, { signal, output });
  output.end();
  return { status, lines: (await text(output)).trimEnd().split('\n') };
}

test('the last line counts everything', async () => {
  const { status, lines } = await outcome(
    stage('lint', { passed: 1, failed: 0 }),
    stage('unit', { passed: 41, failed: 0 }),
  );
  expect(lines.at(-1)).toBe('42 passed, 0 failed');
  expect(status).toBe(0);
});

test('stops at the first failure and names what did not run', async () => {
  const { status, lines } = await outcome(
    stage('unit', { passed: 40, failed: 1 }),
    stage('real', { passed: 1, failed: 0 }),
    stage('verify', { passed: 1, failed: 0 }),
  );
  expect(lines).toContain('Not run: real, verify');
  expect(lines.at(-1)).toBe('40 passed, 1 failed');
  expect(status).toBe(1);
});

test('stages by name; an unknown one is refused', () => {
  const stages = [stage('lint', { passed: 1, failed: 0 }), stage('unit', { passed: 1, failed: 0 })];
  expect(chooseStages(stages, ['unit'])).toEqual([stages[1]]);
  expect(chooseStages(stages, [])).toEqual(stages);
  expect(chooseStages(stages, ['unti'])).toBeNull();
});
