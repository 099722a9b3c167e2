/** Ready-made attackers, as they are: what comes of it inside is theirs; the host and a neighbour stay as they were. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leftoversOf } from '../../sandbox/leftovers.ts';
import { EscapeSuite } from '../suite.ts';
import { giveStressNg, stressNg } from './stress-ng.ts';
import { stressors } from './stressors.ts';

let suite: EscapeSuite;
let neighbour: string;
beforeAll(async () => {
  suite = await EscapeSuite.start();
  const { server, sandbox } = suite;
  neighbour = (await server.client.list()).find(({ id }) => id !== sandbox)?.id ?? '';
  await giveStressNg(server, sandbox);
});
afterAll(() => suite[Symbol.asyncDispose]());

/** Those that ran, or found that they cannot, as the summary at its end names them. */
const told = (output: string) =>
  [...output.matchAll(/(?:passed|failed|skipped): \d+: (.*)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/([\w-]+) \(\d+\)/g)].map(([, name]) => name),
  );

test.each(Object.entries(stressors))('stress-ng on %s: the host is as it was', async (_, names) => {
  const { server, sandbox } = suite;
  const before = suite.look();
  const line = stressNg(
    `--seq 1 --with ${names.replaceAll(' ', ',')}`,
    '--timeout 1 --oom-avoid --no-rand-seed',
  );
  const over = new AbortController();
  const attack = server.run(sandbox, `${line} 2>&1`, 110_000).finally(() => over.abort());
  let answers = 0;
  for (; !over.signal.aborted; answers += 1)
    expect((await server.run(neighbour, 'echo here')).output).toBe('here\n');
  const { output } = await attack;
  expect(answers).toBeGreaterThan(1);
  expect(told(output).toSorted(), output).toEqual(names.split(' ').toSorted());
  expect(suite.look()).toEqual(before);
});

test('the sandbox itself lives on, and when it is gone nothing of it is left', async () => {
  const { server, sandbox } = suite;
  expect((await server.run(sandbox, 'docker ps -q | wc -l')).output).toBe('2\n');
  for (const { id } of await server.client.list()) await server.client.destroy(id);
  const empty = { mounts: [], loops: [], runtimeFiles: [], runtimeRecords: [], stateFiles: [], cgroups: [] };
  await expect.poll(() => leftoversOf(server)).toMatchObject(empty);
});
