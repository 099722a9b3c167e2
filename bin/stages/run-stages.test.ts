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

/** Each waits for the other to have begun: one after the other they would never end. */
function pair(first: Count, second: Count): Stage[] {
  const [begunFirst, begunSecond] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const beside = (name: string, count: Count, mine: () => void, other: Promise<void>): Stage => ({
    name,
    runsBesideOthers: true,
    async run(_signal, output) {
      mine();
      output?.write(`${name} begins\n`);
      await other;
      output?.write(`${name} ends\n`);
      return count;
    },
  });
  return [
    beside('format', first, begunFirst.resolve, begunSecond.promise),
    beside('types', second, begunSecond.resolve, begunFirst.promise),
  ];
}

test('neighbours that may run at once, and what each says stays together', async () => {
  const one = { passed: 1, failed: 0 };
  const { status, lines } = await outcome(...pair(one, one), stage('unit', one));
  const said = lines.filter((line) => line !== '').map((line) => line.replace(/ \(.*/, ''));
  expect(said).toEqual([
    '== format',
    'format begins',
    'format ends',
    '== format: passed',
    '== types',
    'types begins',
    'types ends',
    '== types: passed',
    '== unit',
    '== unit: passed',
    '3 passed, 0 failed',
  ]);
  expect(status).toBe(0);
});

test('both of those run to their end where one fails, and nothing after them', async () => {
  const stages = pair({ passed: 0, failed: 1 }, { passed: 1, failed: 0 });
  const { status, lines } = await outcome(...stages, stage('unit', { passed: 1, failed: 0 }));
  expect(lines).toContain('types ends');
  expect(lines).toContain('Not run: unit');
  expect(lines.at(-1)).toBe('1 passed, 1 failed');
  expect(status).toBe(1);
});

test('stages by name; an unknown one is refused', () => {
  const stages = [stage('lint', { passed: 1, failed: 0 }), stage('unit', { passed: 1, failed: 0 })];
  expect(chooseStages(stages, ['unit'])).toEqual([stages[1]]);
  expect(chooseStages(stages, [])).toEqual(stages);
  expect(chooseStages(stages, ['unti'])).toBeNull();
});
