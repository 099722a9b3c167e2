import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileLock } from './file-lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('one holder at a time', () => {
  expect(FileLock.isLocked(file)).toBe(false);
  const lock = FileLock.tryTake(file)!;
  expect(FileLock.isLocked(file)).toBe(true);
  expect(FileLock.tryTake(file)).toBeNull();
  lock[Symbol.dispose]();
  expect(FileLock.isLocked(file)).toBe(false);
  using again = FileLock.tryTake(file);
  expect(again).not.toBeNull();
});

test('waits until it is free', async () => {
  const lock = FileLock.tryTake(file)!;
  const waiting = FileLock.take(file);
  lock[Symbol.dispose]();
  using taken = await waiting;
  expect(taken.fd).toBeGreaterThan(2);
  expect(FileLock.isLocked(file)).toBe(true);
});

test('waiting ends with the signal’s reason', async () => {
  using _lock = FileLock.tryTake(file)!;
  const controller = new AbortController();
  const waiting = FileLock.take(file, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('a child that was given the descriptor holds it on, until it is killed', async () => {
  const lock = FileLock.tryTake(file)!;
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore', lock.fd] });
  await once(child, 'spawn');
  lock[Symbol.dispose]();
  expect(FileLock.isLocked(file)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(FileLock.isLocked(file)).toBe(false);
});
