import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../host/repository.ts';
import { outcomeOf, type VitestOutcome } from './vitest-report.ts';
import { vitestStage } from './vitest-stage.ts';

const { signal } = new AbortController();
const queue = path.join(repositoryRoot, 'tests/queue.test.ts');
const failedIn = (...failedFiles: string[]): VitestOutcome => ({ passed: 8, failed: 2, failedFiles });

async function outcome(triesAgain: boolean, ...outcomes: VitestOutcome[]) {
  const output = new PassThrough();
  const runs: string[][] = [];
  const run = async (files: string[]) => outcomes[runs.push(files) - 1] as VitestOutcome;
  const count = await vitestStage('real', { asRoot: true, triesAgain }, run, output).run(signal);
  output.end();
  return { count, runs, said: await text(output) };
}

test('what fails once and then passes by itself is passed, and named', async () => {
  const { count, runs, said } = await outcome(true, failedIn(queue), {
    passed: 3,
    failed: 0,
    failedFiles: [],
  });
  expect(count).toEqual({ passed: 10, failed: 0 });
  expect(runs).toEqual([[], [queue]]);
  expect(said).toContain('UNSTEADY, failed at first and passed then: tests/queue.test.ts');
});

test('what fails twice has failed', async () => {
  const { count, said } = await outcome(true, failedIn(queue), failedIn(queue));
  expect(count).toMatchObject({ passed: 8, failed: 2 });
  expect(said).not.toContain('UNSTEADY');
});

test('many that fail are no chance, nor is a run that failed beside its files, nor what is to be steady', async () => {
  expect((await outcome(true, failedIn('a', 'b', 'c', 'd'))).runs).toHaveLength(1);
  expect((await outcome(true, failedIn())).count).toMatchObject({ failed: 2 });
  expect((await outcome(false, failedIn(queue))).runs).toHaveLength(1);
});

test('what fails of the escape suite is not tried again', async () => {
  const escape = path.join(repositoryRoot, 'tests/escape/escape.real.test.ts');
  expect((await outcome(true, failedIn(queue, escape))).runs).toHaveLength(1);
});

test('a run that failed beside its tests counts as a failure', () => {
  const report = JSON.stringify({ numPassedTests: 3, numFailedTests: 0 });
  expect(outcomeOf(report, true)).toEqual({ passed: 3, failed: 0, failedFiles: [] });
  expect(outcomeOf(report, false)).toEqual({ passed: 3, failed: 1, failedFiles: [] });
});
