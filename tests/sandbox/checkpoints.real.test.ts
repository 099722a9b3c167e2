/** Checkpoints of a sandbox's disk: taken while it works, bounded, and gone back to. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start({ config: { checkpoints: { most: 2, bytes: 300 * 1024 ** 2 } } });
});
afterAll(() => server[Symbol.asyncDispose]());

const filesOf = (id: string): string[] => readdirSync(join(server.stateDir, id, 'checkpoints'));

test('going back brings files, images and containers back as they were, and nothing since', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  await server.run(
    id,
    'echo first > /root/note; echo one > /etc/one; docker run -d --name kept busybox true',
  );
  const taken = await server.client.checkpoint(id);
  expect(taken).toMatchObject({ dropped: [], sizeBytes: expect.any(Number) });
  await server.run(
    id,
    'echo second > /root/note; rm /etc/one; docker rm -f kept; docker rmi -f busybox; docker volume create v',
  );
  const { bootId } = await server.client.view(id);
  const restored = await server.client.restore(id, taken.id);
  expect(restored).toMatchObject({ status: 'running' });
  expect(restored.bootId).not.toBe(bootId);
  expect(await server.client.view(id, { docker: 'wait' })).toMatchObject({ docker: 'ready' });
  const look = 'cat /root/note /etc/one; docker ps -a --format "{{.Names}} {{.Image}}"; docker volume ls -q';
  expect((await server.run(id, look)).output).toBe('first\none\nkept busybox\n');
  // As often as one likes, and the checkpoint stays as it was.
  await server.run(id, 'rm /root/note');
  await server.client.restore(id, taken.id);
  await server.client.view(id, { docker: 'wait' });
  expect((await server.run(id, 'cat /root/note')).output).toBe('first\n');
  await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

test('a copy takes what is on the disk, not the size of the disk', async () => {
  const id = await server.sandbox();
  const { id: checkpointId, sizeBytes } = await server.client.checkpoint(id);
  const image = statSync(join(server.stateDir, id, 'checkpoints', `${checkpointId}.img`));
  expect(image.size).toBe(1024 ** 3);
  expect(sizeBytes).toBe(image.blocks * 512);
  expect(sizeBytes).toBeLessThan(64 * 1024 ** 2);
  await server.client.destroy(id);
});

test('taken while everything is being written, it is whole', async () => {
  const id = await server.sandbox();
  const writers = server.run(
    id,
    'cd /root; for i in 1 2 3; do (n=0; while :; do n=$((n+1)); echo $n > f$i.new; sync f$i.new; mv f$i.new f$i; done) & done; sleep 60',
  );
  const taken = await server.client.checkpoint(id);
  await server.client.restore(id, taken.id);
  await writers.catch(() => undefined);
  await server.client.view(id, { docker: 'wait' });
  const { output } = await server.run(
    id,
    'cat /root/f1 /root/f2 /root/f3; docker run --rm busybox echo works',
  );
  expect(output).toMatch(/^\d+\n\d+\n\d+\n/);
  expect(output).toMatch(/^works$/m);
  await server.client.destroy(id);
});

test('the oldest goes for a new one, and is said; none but a whole one is ever listed', async () => {
  const id = await server.sandbox();
  const [first, second, third] = [
    await server.client.checkpoint(id),
    await server.client.checkpoint(id),
    await server.client.checkpoint(id),
  ];
  expect(third.dropped).toEqual([first.id]);
  expect((await server.client.checkpoints(id)).map((one) => one.id)).toEqual([second.id, third.id]);
  expect(filesOf(id).toSorted()).toEqual([`${second.id}.img`, `${third.id}.img`].toSorted());
  await expect(server.client.restore(id, first.id)).rejects.toMatchObject({ code: 'CHECKPOINT_GONE' });
  expect(await server.client.view(id)).toMatchObject({ status: 'running' });
  await server.client.dropCheckpoint(id, second.id);
  expect((await server.client.checkpoints(id)).map((one) => one.id)).toEqual([third.id]);
  await server.client.destroy(id);
});

test('a disk larger than all checkpoints may be is refused by its code, and harms nothing', async () => {
  const id = await server.sandbox();
  const kept = await server.client.checkpoint(id);
  await server.run(id, 'head -c 320M /dev/urandom > /root/large; sync');
  await expect(server.client.checkpoint(id)).rejects.toMatchObject({ code: 'CHECKPOINT_FAILED' });
  expect((await server.client.checkpoints(id)).map((one) => one.id)).toEqual([kept.id]);
  expect((await server.run(id, 'rm /root/large; echo fine')).output).toBe('fine\n');
  await server.client.destroy(id);
});

test('a stopped sandbox has nothing to copy, but can be brought back', async () => {
  const id = await server.sandbox();
  await server.run(id, 'echo kept > /root/note');
  const taken = await server.client.checkpoint(id);
  await server.run(id, 'rm /root/note');
  await server.client.stop(id);
  await expect(server.client.checkpoint(id)).rejects.toMatchObject({ code: 'SANDBOX_NOT_RUNNING' });
  expect(await server.client.restore(id, taken.id)).toMatchObject({ status: 'running' });
  expect((await server.run(id, 'cat /root/note')).output).toBe('kept\n');
  await server.client.destroy(id);
});

test('destroyed while a checkpoint is taken: nothing is waited for and nothing stays', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  await server.run(id, 'head -c 200M /dev/urandom > /root/large; sync');
  const taking = server.client.checkpoint(id).catch((error: unknown) => error);
  await expect.poll(() => filesOf(id)).not.toEqual([]);
  await server.client.destroy(id);
  expect(await taking).toMatchObject({ code: expect.stringMatching(/^(CHECKPOINT_FAILED|SANDBOX_GONE)$/) });
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});
