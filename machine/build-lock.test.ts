import { readdir, readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeBuildLock } from './build-lock.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(directory, 'lock');
});
afterEach(() => rm(directory, { recursive: true }));

test('is held once, and free again when disposed', async () => {
  const lock = await takeBuildLock(path);
  await expect(takeBuildLock(path)).rejects.toMatchObject({
    code: 'ALREADY_RUNNING',
    message: expect.stringContaining(`Process ${process.pid}`),
  });
  await lock[Symbol.asyncDispose]();
  await (await takeBuildLock(path))[Symbol.asyncDispose]();
  expect(await readdir(directory)).toEqual([]);
});

test('one of a process that is gone, or of another with its number, is void', async () => {
  await using _lock = await takeBuildLock(path);
  const holder = JSON.parse(await readFile(path, 'utf8')) as { pid: number; startTicks: string };
  await writeFile(path, JSON.stringify({ ...holder, startTicks: '1' }));
  await (await takeBuildLock(path))[Symbol.asyncDispose]();
  await writeFile(path, '');
  await (await takeBuildLock(path))[Symbol.asyncDispose]();
});
