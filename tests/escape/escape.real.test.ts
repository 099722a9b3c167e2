/**
 * What root inside may not do, tried in three places: the learner's own shell, a container they started, and one that was
 * given everything there is to give. The host is compared before and after.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftoversOf } from '../sandbox/leftovers.ts';
import { cases } from './cases.ts';
import { places } from './escape-case.ts';
import { EscapeSuite } from './suite.ts';

let suite: EscapeSuite;
let treeBefore: string;
beforeAll(async () => {
  suite = await EscapeSuite.start();
  treeBefore = suite.treeDigest();
});
afterAll(() => suite[Symbol.asyncDispose]());

// Elsewhere the system calls have other numbers.
describe.skipIf(process.arch !== 'x64').each(places)('in the %s', (place) => {
  let faults: Map<string, string>;
  let before: Record<string, string>;
  let after: Record<string, string>;
  beforeAll(async () => {
    before = suite.look();
    faults = await suite.run(place, cases);
    after = suite.look();
  });

  test.each(cases)('$id $name', ({ id }) => {
    expect(faults.get(id) ?? 'held').toBe('held');
  });

  test('the host is as it was', async () => {
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    // One by one, to name the case that moved something; slow, and only on the way to a failure.
    for (const one of cases) {
      const start = suite.look();
      await suite.run(place, [one]);
      expect(suite.look(), `moved by ${one.id} ${one.name}`).toEqual(start);
    }
    expect(after).toEqual(before);
  }, 300_000);
});

test('X2 every file of the tree that all learners share is as it was', () => {
  expect(treeBefore).toMatch(/^[0-9a-f]{64}$/);
  expect(suite.treeDigest()).toBe(treeBefore);
});

test('the sandbox lives on, and when it is gone nothing of it is left', async () => {
  const { server, sandbox } = suite;
  expect((await server.run(sandbox, 'docker ps -q | wc -l')).output).toBe('2\n');
  for (const { id } of await server.client.list()) await server.client.destroy(id);
  const empty = { mounts: [], loops: [], runtimeFiles: [], runtimeRecords: [], stateFiles: [], cgroups: [] };
  await expect.poll(() => leftoversOf(server)).toMatchObject(empty);
});
