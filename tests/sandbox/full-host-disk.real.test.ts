/** The host's own disk is full: nothing half made stays, what runs goes on, and what is destroyed gives its space back. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start({ capacity: { diskReserveBytes: 0 } });
  mkdirSync(server.stateDir, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,nr_inodes=1000', 'small', server.stateDir]);
});
afterAll(async () => {
  try {
    for (const { id } of await server.client.list()) await server.client.destroy(id);
  } finally {
    execFileSync('umount', ['-l', server.stateDir]);
    await server[Symbol.asyncDispose]();
  }
});

const ballast = () => join(server.stateDir, 'ballast.file');
function fill(): void {
  try {
    for (;;) writeFileSync(ballast(), Buffer.alloc(1024 * 1024), { flag: 'a' });
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    writeFileSync(ballast(), Buffer.alloc(0), { flag: 'a' });
  }
}

/** Bytes are left, but no file can be made: what a look at free space does not foresee. */
function takeAllFiles(): string[] {
  const taken: string[] = [];
  try {
    for (;;) {
      const path = join(server.stateDir, `inode-${taken.length}.file`);
      writeFileSync(path, '');
      taken.push(path);
    }
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    return taken;
  }
}

test('no room: refused before anything is made, and with room again it works', async () => {
  fill();
  const before = leftoversOf(server);
  await expect(server.client.create({})).rejects.toMatchObject({
    code: 'DISK_TOO_SMALL',
    message: expect.stringContaining("the host's disk has 0 bytes free"),
  });
  expect(leftoversOf(server)).toEqual(before);
  rmSync(ballast());
  await works();
});

test('room that turns out to be none: making one fails with its code and leaves nothing', async () => {
  const before = leftoversOf(server);
  const taken = takeAllFiles();
  await expect(server.client.create({})).rejects.toMatchObject({ code: 'DISK_TOO_SMALL' });
  expect(await server.client.health()).toMatchObject({ status: 'failing' });
  for (const path of taken) rmSync(path);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
  await works();
});

async function works(): Promise<void> {
  const id = await server.sandbox();
  expect((await server.run(id, 'echo works')).output).toBe('works\n');
  expect(await server.client.health()).toMatchObject({ status: 'ok', running: 1 });
  await server.client.destroy(id);
}

test('stopping cannot be written down, so it is not done; destroying needs no room', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  fill();
  await expect(server.client.stop(id)).rejects.toMatchObject({ code: 'DISK_TOO_SMALL' });
  expect(await server.client.view(id)).toMatchObject({ status: 'running' });
  await server.kill();
  await server.launch();
  expect(await server.client.view(id)).toMatchObject({ status: 'running' });
  await server.client.destroy(id);
  rmSync(ballast());
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});

const full = { code: 'DISK_TOO_SMALL' };

test('going back, keeping a start and resuming: told by their code, the machine as it was, and with room they work', async () => {
  const before = leftoversOf(server);
  const id = await server.sandbox();
  const note = async (): Promise<string> => (await server.run(id, 'cat /root/note')).output;
  await server.run(id, 'echo before > /root/note; sync');
  const kept = await server.client.checkpoint(id);
  await server.run(id, 'echo after > /root/note; sync');
  const names = (): string[] => readdirSync(join(server.stateDir, id), { recursive: true, encoding: 'utf8' });
  const files = names();

  // Room is looked for, and there is none.
  fill();
  await expect(server.client.restore(id, kept.id)).rejects.toMatchObject(full);
  await expect(server.client.checkpoint(id)).rejects.toMatchObject(full);
  rmSync(ballast());
  // It is met in the middle: of the copy, and with one file more only after it.
  const taken = takeAllFiles();
  await expect(server.client.restore(id, kept.id)).rejects.toMatchObject(full);
  await expect(server.client.checkpoint(id)).rejects.toMatchObject(full);
  rmSync(taken.pop() as string);
  await expect(server.client.restore(id, kept.id)).rejects.toMatchObject(full);
  expect(await server.client.view(id)).toMatchObject({ status: 'running' });
  expect(await note()).toBe('after\n');
  expect(names()).toEqual(files);
  for (const path of taken) rmSync(path);

  await server.client.stop(id);
  const again = takeAllFiles();
  await expect(server.client.start(id)).rejects.toMatchObject(full);
  expect(await server.client.view(id)).toMatchObject({ status: 'stopped' });
  for (const path of again) rmSync(path);
  await server.client.start(id);
  expect(await note()).toBe('after\n');
  await server.client.restore(id, kept.id);
  expect(await note()).toBe('before\n');
  await server.client.destroy(id);
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});
