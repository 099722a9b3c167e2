/** A server killed at whatever moment: the next one starts, serves, and leaves nothing of what was half made. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

const below = (...names: string[]) => join(server.runtimeDir, 'sb', ...names);
/** The one sandbox under way. */
const made =
  (...names: string[]) =>
  () => {
    const [id] = existsSync(below()) ? readdirSync(below()) : [];
    return id !== undefined && existsSync(below(id, ...names));
  };
const kept = (name: string) => () => {
  const [id] = readdirSync(server.stateDir);
  return id !== undefined && existsSync(join(server.stateDir, id, name));
};

/** The server works, and whatever it still holds can be destroyed without a trace. */
async function expectWhole(before: ReturnType<typeof leftoversOf>): Promise<void> {
  // First what the pool kept, if it did: then it must be a whole machine.
  const { warm } = await server.client.health();
  for (let round = 0; round <= warm; round += 1) await server.sandbox();
  for (const { id, status } of await server.client.list()) {
    if (status === 'running')
      expect((await server.run(id, 'docker run --rm busybox echo whole')).output).toMatch(/^whole$/m);
    await server.client.destroy(id);
  }
  await expect.poll(() => leftoversOf(server)).toEqual(before);
}

const creating: [string, () => () => boolean][] = [
  ['its folder is there', () => () => readdirSync(server.stateDir).length > 0],
  ['its disk is being formatted', () => kept('disk.img')],
  ['its bundle is written', () => made('bundle', 'config.json')],
  ['its processes wait to be started', () => made('init.pid')],
  ['its gateway is made', () => made('gateway.net')],
];
test.each(creating)('killed while making a sandbox, when %s', async (_, moment) => {
  const before = leftoversOf(server);
  await server.killedWhen(moment(), () => server.client.create({}));
  await expectWhole(before);
});

const destroying: [string, (id: string) => () => boolean][] = [
  ['its record is gone', (id) => () => !existsSync(join(server.runtimeDir, 'oci', id))],
  ['its mount points are gone', (id) => () => !existsSync(below(id))],
  ['its files are being removed', (id) => () => !existsSync(join(server.stateDir, id))],
];
test.each(destroying)('killed while destroying one, when %s', async (_, moment) => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  await server.killedWhen(moment(id), () => server.client.destroy(id));
  await expectWhole(before);
});

test('killed while stopping and starting one: the disk is whole', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  await server.run(id, 'echo kept > /root/file');
  await server.killedWhen(
    () => !existsSync(join(server.runtimeDir, 'oci', id)),
    () => server.client.stop(id),
  );
  expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
  await server.killedWhen(made('init.pid'), () => server.client.start(id));
  if ((await server.client.view(id)).status === 'stopped') await server.client.start(id);
  await server.client.view(id, { docker: 'wait' });
  expect((await server.run(id, 'cat /root/file')).output).toBe('kept\n');
  await expectWhole(before);
});

test('what an interrupted removal or making left in the state directory goes at the next start', async () => {
  const before = leftoversOf(server);
  await server.kill();
  for (const name of ['aaaaaaaaaaaa', 'bbbbbbbbbbbb.destroyed']) mkdirSync(join(server.stateDir, name));
  writeFileSync(join(server.stateDir, 'bbbbbbbbbbbb.destroyed', 'disk.img'), 'x');
  await server.launch();
  expect(leftoversOf(server)).toEqual(before);
});

test('a second server refuses to start beside the first', async () => {
  const id = await server.sandbox();
  await expect(server.launchAnother()).rejects.toThrow('ALREADY_RUNNING');
  expect((await server.run(id, 'echo unharmed')).output).toBe('unharmed\n');
  await server.client.destroy(id);
});

test('two at once who destroy the same sandbox: one does, the other finds it gone', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  const ends = await Promise.allSettled([server.client.destroy(id), server.client.destroy(id)]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test('destroyed while commands, terminals and a start of Docker are under way', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  const under = Promise.allSettled([
    ...Array.from({ length: 4 }, () => server.run(id, 'sleep 100')),
    ...Array.from({ length: 4 }, () => server.client.openTerminal(id, { cols: 80, rows: 24 })),
    server.client.view(id, { docker: 'wait' }),
    server.client.startDocker(id),
  ]);
  await server.client.destroy(id);
  await under;
  await expect.poll(() => leftoversOf(server)).toEqual(before);
  expect((await server.client.health()).status).toBe('ok');
});
