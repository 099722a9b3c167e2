/** Cgroups without end: on v1 no limit of the kernel's bounds them, and a host has 65,535 of memory for everybody. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detectCgroupHost } from '../../sandbox-server/engines/runc/cgroup/detect.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

const { version } = await detectCgroupHost();
let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

const ofMemory = (): number =>
  Number(/^memory\t\d+\t(\d+)/m.exec(readFileSync('/proc/cgroups', 'utf8'))?.[1]);

/** `below`: a directory in which the sandbox's root makes them, each in the one before it where they are `deep`. */
const attack = (hierarchy: string, { deep = false } = {}): string =>
  `perl -e 'chdir "/sys/fs/cgroup/${hierarchy}" or die; for (1..1_000_000) { mkdir "n$_" or die $!; ${deep ? 'chdir "n$_" or die $!' : ''} } print "made"'`;

test.runIf(version === 'v1').each([
  ['side by side', attack('memory')],
  ['one in the other', attack('memory', { deep: true })],
  ['where no controller counts them', attack('systemd')],
])('v1, %s: who makes them is ended and told why; others work on, nothing is left', async (_, script) => {
  const before = leftoversOf(server);
  const [hostile, neighbour] = [await server.sandbox(), await server.sandbox()];
  const started = ofMemory();
  const run = server.run(hostile, script).catch((error: unknown) => String(error));
  const view = () => server.client.view(hostile);
  await expect
    .poll(view, { timeout: 30_000 })
    .toMatchObject({ status: 'stopped', endedFor: 'TOO_MANY_CGROUPS' });
  expect(JSON.stringify(await run)).not.toContain('made');
  expect(ofMemory() - started).toBeLessThan(30_000);
  expect((await server.run(neighbour, 'docker run --quiet --rm busybox echo works')).output).toBe('works\n');
  const resumed = await server.client.start(hostile);
  expect(resumed).toMatchObject({ status: 'running' });
  expect(resumed).not.toHaveProperty('endedFor');
  for (const id of [hostile, neighbour]) await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test.runIf(version === 'v1')('in the cgroup2 of a hybrid host the kernel refuses them', async () => {
  const id = await server.sandbox();
  const script =
    'mkdir /tmp/two; mount -t cgroup2 none /tmp/two && cd /tmp/two && for i in $(seq 1100); do mkdir n$i; done 2>/dev/null; ls -d n[0-9]* | wc -l';
  // The sandbox's own levels are counted too.
  expect(Number((await server.run(id, script)).output)).toBeLessThan(1_000);
  expect((await server.client.view(id)).status).toBe('running');
  await server.client.destroy(id);
});

test('what a lesson can need is left alone', async () => {
  const id = await server.sandbox();
  const some =
    version === 'v1'
      ? 'cd /sys/fs/cgroup/memory; for i in $(seq 900); do mkdir n$i; done; ls -d n[0-9]* | wc -l'
      : 'cd /sys/fs/cgroup; for i in $(seq 900); do mkdir n$i; done; ls -d n[0-9]* | wc -l';
  for (let round = 0; round < 3; round += 1) {
    expect((await server.run(id, some)).output).toBe('900\n');
    await server.run(id, 'find /sys/fs/cgroup -depth -name "n[0-9]*" -exec rmdir {} +');
  }
  expect((await server.client.view(id)).status).toBe('running');
  await server.client.destroy(id);
});
