/** The host's own disk is full: nothing half made stays, what runs goes on, and what is destroyed gives its space back. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
    code: 'SANDBOX_FULL',
    message: expect.stringContaining("the host's disk has 0 bytes free"),
  });
  expect(leftoversOf(server)).toEqual(before);
  rmSync(ballast());
  await works();
});

test('room that turns out to be none: making one fails with its code and leaves nothing', async () => {
  const before = leftoversOf(server);
  const taken = takeAllFiles();
  await expect(server.client.create({})).rejects.toMatchObject({ code: 'SANDBOX_START_FAILED' });
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
  await expect(server.client.stop(id)).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(await server.client.view(id)).toMatchObject({ status: 'running' });
  await server.client.destroy(id);
  rmSync(ballast());
  await expect.poll(() => leftoversOf(server)).toEqual(before);
});
