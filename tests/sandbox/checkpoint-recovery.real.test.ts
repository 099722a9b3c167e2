/** A server killed at any moment of a checkpoint or its restoring: the sandbox is whole, and no half copy stays. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

const folder = (id: string, ...names: string[]): string => join(server.stateDir, id, ...names);
const namesIn = (id: string): string[] =>
  existsSync(folder(id, 'checkpoints')) ? readdirSync(folder(id, 'checkpoints')) : [];

test('killed while copying: the half copy is gone, the machine works and writes', async () => {
  const id = await server.sandbox();
  await server.run(id, 'head -c 200M /dev/urandom > /root/large; sync');
  await server.killedWhen(
    () => namesIn(id).some((name) => name.endsWith('.part')),
    () => server.client.checkpoint(id),
  );
  expect(namesIn(id)).toEqual([]);
  expect(await server.client.view(id)).toMatchObject({ status: 'running' });
  expect((await server.run(id, 'echo writes > /root/note; sync; cat /root/note')).output).toBe('writes\n');
  await server.client.destroy(id);
});

test('a disk that a killed server left frozen is thawed by the next', async () => {
  const id = await server.sandbox();
  await server.kill();
  execFileSync('fsfreeze', ['--freeze', join(server.runtimeDir, 'sb', id, 'disk')]);
  await server.launch();
  expect((await server.run(id, 'echo thawed > /root/note; cat /root/note', 20_000)).output).toBe('thawed\n');
  await server.client.destroy(id);
});

test('a frozen disk is no obstacle to ending its sandbox', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  const writer = server.run(id, 'while :; do echo x >> /root/note; done', 30_000).catch(() => undefined);
  execFileSync('fsfreeze', ['--freeze', join(server.runtimeDir, 'sb', id, 'disk')]);
  await server.client.destroy(id);
  await writer;
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

const restoring: [string, 'before' | 'after', (id: string) => () => boolean][] = [
  ['the copy is being made', 'after', (id) => () => existsSync(folder(id, 'next.img.part'))],
  ['it is decided', 'before', (id) => () => existsSync(folder(id, 'next.img'))],
  [
    'the processes are gone',
    'before',
    (id) => () => existsSync(folder(id, 'next.img')) && !existsSync(join(server.runtimeDir, 'oci', id)),
  ],
  [
    'the disk has been changed',
    'before',
    (id) => {
      let decided = false;
      return () => {
        decided ||= existsSync(folder(id, 'next.img'));
        return decided && !existsSync(folder(id, 'next.img'));
      };
    },
  ],
];
test.each(restoring)('killed while restoring, when %s', async (_, expected, moment) => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  await server.run(id, 'echo before > /root/note; head -c 50M /dev/urandom > /root/large');
  const { id: checkpointId } = await server.client.checkpoint(id);
  await server.run(id, 'echo after > /root/note; sync');
  await server.killedWhen(moment(id), () => server.client.restore(id, checkpointId));
  // Killed a moment later than meant, the copy may have been whole already.
  const decided = existsSync(folder(id, 'next.img')) || expected === 'before';
  if ((await server.client.view(id)).status === 'stopped') await server.client.start(id);
  await server.client.view(id, { docker: 'wait' });
  const { output } = await server.run(id, 'cat /root/note; docker run --rm busybox echo whole');
  expect(output).toMatch(decided ? /^before\n/ : /^(before|after)\n/);
  expect(output).toMatch(/^whole$/m);
  expect(readdirSync(folder(id)).filter((name) => name.includes('.img'))).toEqual(['disk.img']);
  expect(namesIn(id)).toEqual([`${checkpointId}.img`]);
  await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test("the host's disk is full: refused by a code, and nothing is harmed", async () => {
  await using small = await RunningSandboxServer.start({ capacity: { diskReserveBytes: 0 } });
  mkdirSync(small.stateDir, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'small', small.stateDir]);
  try {
    const id = await small.sandbox();
    await small.run(id, 'echo kept > /root/note; head -c 60M /dev/urandom > /root/large; sync');
    const kept = await small.client.checkpoint(id);
    const ballast = join(small.stateDir, 'ballast.file');
    writeFileSync(ballast, Buffer.alloc(120 * 1024 ** 2));
    await expect(small.client.checkpoint(id)).rejects.toMatchObject({ code: 'DISK_TOO_SMALL' });
    await expect(small.client.restore(id, kept.id)).rejects.toMatchObject({ code: 'DISK_TOO_SMALL' });
    expect(readdirSync(join(small.stateDir, id, 'checkpoints'))).toEqual([`${kept.id}.img`]);
    expect((await small.run(id, 'cat /root/note')).output).toBe('kept\n');
    rmSync(ballast);
    expect(await small.client.restore(id, kept.id)).toMatchObject({ status: 'running' });
    await small.client.destroy(id);
  } finally {
    for (const { id } of await small.client.list()) await small.client.destroy(id);
    execFileSync('umount', ['-l', small.stateDir]);
  }
});
