/** A right too few or too many shows here, by the name of what changed. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { places, type Place } from '../escape-case.ts';
import { EscapeSuite } from '../suite.ts';
import { namespacesOf, postureOf } from './posture.ts';

const sections =
  'ids, capabilities, restrictions, limits, mounts, descriptors, environment, cgroup, oom score, devices'
    .split(', ')
    .concat('what of processes is seen');

let suite: EscapeSuite;
const postures = new Map<Place, Map<string, string>>();
beforeAll(async () => {
  suite = await EscapeSuite.start();
  const { server, sandbox } = suite;
  for (const place of places) postures.set(place, await postureOf({ server, sandbox, place }));
});
afterAll(() => suite[Symbol.asyncDispose]());

describe.each(places)('in the %s', (place) => {
  test.each(sections)('%s', async (section) => {
    const text = postures.get(place)?.get(section);
    expect(text).toBeDefined();
    await expect(`${text}\n`).toMatchFileSnapshot(`${place}/${section.replaceAll(' ', '-')}.golden.txt`);
  });
});

test('every namespace of a process in a sandbox is another than the host’s, but that of time', async () => {
  const initPid = Number(readFileSync(`${suite.server.runtimeDir}/sb/${suite.sandbox}/init.pid`, 'utf8'));
  expect(namespacesOf(initPid)).toBe('user pid mnt net ipc uts cgroup');
});
