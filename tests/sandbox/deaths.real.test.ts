/** Each process that serves or watches a machine, killed: what it served goes on, or is back before it is missed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  id = await server.sandbox();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** Host pids whose command line has all the words. */
function processesWith(...words: string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
        return words.every((word) => command.includes(word));
      } catch {
        return false;
      }
    });
}

const gateway = () => join(server.runtimeDir, 'gw');
const registry = () => processesWith('docker-registry', gateway());
const relay = () => processesWith('relay/main.ts', gateway());
const pull = 'docker rmi -f busybox >/dev/null 2>&1; docker pull -q busybox';
const fetchPackages =
  'apt-get update -qq 2>&1 | tail -3; test $? -eq 0 && ls /var/lib/apt/lists | grep -c Release';

test.each([
  ['registry', registry, pull],
  ['relay, which is the egress proxy too', relay, pull],
  ['relay, which is the egress proxy too', relay, fetchPackages],
] as const)('the %s killed: started again, and what learners fetch goes on', async (_, find, use) => {
  const [before] = find();
  process.kill(before as number, 'SIGKILL');
  await expect
    .poll(async () => (await server.run(id, use)).exitCode, { timeout: 60_000, interval: 200 })
    .toBe(0);
  expect(find()).toHaveLength(1);
  expect(find()).not.toEqual([before]);
});

const pullLarge = 'docker rmi -f node:lts >/dev/null 2>&1; docker pull node:lts 2>&1';
test.each([
  ['registry', registry, pullLarge, /Pulling fs layer/],
  ['relay', relay, pullLarge, /Pulling fs layer/],
  ['relay', relay, 'rm -rf /var/lib/apt/lists/*; apt-get update 2>&1', /^Get:1/m],
] as const)(
  'the %s killed in the middle of it: the same command goes on by itself and ends well',
  async (_, find, use, begun) => {
    const [before] = find();
    let output = '';
    let isKilled = false;
    const onStdout = (bytes: Buffer): void => {
      output += bytes.toString();
      if (isKilled || !begun.test(output)) return;
      isKilled = true;
      process.kill(before as number, 'SIGKILL');
    };
    const request = { argv: ['/bin/bash', '-c', use], timeoutMs: 90_000 };
    const { exitCode } = await server.client.exec(id, request, { onStdout });
    expect(isKilled).toBe(true);
    expect(output).not.toMatch(/^E: /m);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    await expect.poll(() => find()).not.toEqual([before]);
  },
  120_000,
);

test('all of them at once, over and over: the same', async () => {
  for (let round = 0; round < 5; round += 1) {
    for (const pid of [...registry(), ...relay()]) process.kill(pid, 'SIGKILL');
    await expect.poll(() => [registry().length, relay().length], { timeout: 20_000 }).toEqual([1, 1]);
  }
  await expect.poll(async () => (await server.run(id, pull)).exitCode, { timeout: 60_000 }).toBe(0);
});

test('dockerd killed: told as stopped, started again, images and volumes kept', async () => {
  await server.run(id, 'docker pull -q busybox; docker volume create kept');
  await server.run(id, 'kill -9 $(pidof dockerd) $(pidof containerd)');
  await expect.poll(async () => (await server.client.view(id)).docker, { timeout: 20_000 }).toBe('stopped');
  await server.client.startDocker(id);
  expect(await server.client.view(id, { docker: 'wait' })).toMatchObject({ docker: 'ready' });
  const { output } = await server.run(id, 'docker volume ls -q; docker run --rm busybox echo works');
  expect(output).toBe('kept\nworks\n');
});

test("a terminal's monitor, the runtime's exec, killed: that terminal ends, the machine and the others do not", async () => {
  const terminals = [];
  for (let count = 0; count < 2; count += 1)
    terminals.push(await server.client.openTerminal(id, { cols: 80, rows: 24 }));
  const monitors = () => processesWith('runc', 'exec', '-t', id);
  await expect.poll(() => monitors().length).toBe(2);
  process.kill(monitors()[0] as number, 'SIGKILL');
  const living = async () => (await server.client.listTerminals(id)).filter(({ exited }) => exited === null);
  await expect.poll(async () => (await living()).length).toBe(1);
  expect((await server.run(id, 'echo goes on')).output).toBe('goes on\n');
  for (const terminal of terminals) await server.client.closeTerminal(id, terminal.id);
});

test('the first process of a machine killed: a stopped machine, started again on its disk', async () => {
  const before = await server.client.view(id);
  await server.run(id, 'echo mine > /root/file; sync');
  const init = Number(readFileSync(join(server.runtimeDir, 'sb', id, 'init.pid'), 'utf8'));
  process.kill(init, 'SIGKILL');
  await expect.poll(async () => (await server.client.view(id)).status, { timeout: 20_000 }).toBe('stopped');
  await expect(server.run(id, 'true')).rejects.toMatchObject({ code: 'SANDBOX_NOT_RUNNING' });
  const after = await server.client.start(id);
  expect(after).toMatchObject({ status: 'running' });
  expect(after.bootId).not.toBe(before.bootId);
  await server.client.view(id, { docker: 'wait' });
  const { output } = await server.run(id, 'cat /root/file; docker run --rm busybox echo works');
  expect(output).toBe('mine\nworks\n');
});

test('server and machine killed together: a stopped machine with its disk, and nothing else', async () => {
  const init = Number(readFileSync(join(server.runtimeDir, 'sb', id, 'init.pid'), 'utf8'));
  await server.kill();
  process.kill(init, 'SIGKILL');
  await server.launch();
  expect(await server.client.list()).toMatchObject([{ id, status: 'stopped' }]);
  expect(leftoversOf(server)).toMatchObject({ mounts: [], loops: [], cgroups: [], runtimeRecords: [] });
  await server.client.start(id);
  expect((await server.run(id, 'cat /root/file')).output).toBe('mine\n');
});
