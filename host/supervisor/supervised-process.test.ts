import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../process-identity.ts';
import { LogFile } from './log-file.ts';
import { SupervisedProcess } from './supervised-process.ts';
import type { ProcessState } from './supervised-process.ts';

let folder: string;
let log: LogFile;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supervised-'));
  log = new LogFile(path.join(folder, 'process.log'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a shell script; `reached` resolves with the next state the predicate takes. */
function supervise(script: string, options: { readyTimeoutMs?: number } = {}) {
  const waiting: { wanted: (state: ProcessState) => boolean; resolve: (state: ProcessState) => void }[] = [];
  const process = new SupervisedProcess({
    plan: {
      name: 'test',
      program: 'sh',
      arguments: ['-c', script],
      cwd: folder,
      readyTimeoutMs: 5_000,
      ...options,
    },
    log,
    backoff: (failures) => failures,
    onChange: (state) => {
      for (const one of waiting) if (one.wanted(state)) one.resolve(state);
    },
  });
  const reached = (wanted: (state: ProcessState) => boolean) =>
    new Promise<ProcessState>((resolve) => waiting.push({ wanted, resolve }));
  return { process, reached };
}

const ready = `echo '{"ready":true}'; exec cat /dev/fd/3 3<>fifo`;
const withFifo = `[ -e fifo ] || mkfifo fifo; ${ready}`;

test('is started again after it was killed, as another process', async () => {
  const { process: supervised, reached } = supervise(withFifo);
  await supervised.start();
  const first = supervised.state.identity!;
  const again = reached((state) => state.status === 'ready' && state.restarts === 1);
  process.kill(first.pid, 'SIGKILL');
  const second = (await again).identity!;
  expect(isAlive(first)).toBe(false);
  expect(second).not.toEqual(first);
  expect(readFileSync(log.path, 'utf8')).toContain('ended by SIGKILL; it is started again in 1 ms');
  expect(await supervised.stop({ graceMs: 5_000 })).toBe(true);
  expect(isAlive(second)).toBe(false);
});

test('one that ends before it is ready is not tried again, and its last words are told', async () => {
  const { process: supervised } = supervise('echo no socket here >&2; exit 7');
  await expect(supervised.start()).rejects.toThrow(/exited with 7.*no socket here/s);
  expect(supervised.state).toMatchObject({ status: 'stopped', restarts: 0 });
  expect(supervised.hasBeenReady).toBe(false);
});

test('one that never says it is ready is ended', async () => {
  const { process: supervised } = supervise('mkfifo fifo; exec cat fifo', { readyTimeoutMs: 100 });
  await expect(supervised.start()).rejects.toThrow('ended by SIGKILL');
  expect(readFileSync(log.path, 'utf8')).toContain('not ready after 100 ms');
});

test('a program that does not exist is a failed start', async () => {
  const supervised = new SupervisedProcess({
    plan: { name: 'test', program: '/nonexistent', arguments: [], cwd: '/', readyTimeoutMs: 5_000 },
    log,
    onChange: () => undefined,
  });
  await expect(supervised.start()).rejects.toThrow('ENOENT');
});

test('what ignores SIGTERM is killed after its grace', async () => {
  const { process: supervised } = supervise(`trap '' TERM; mkfifo fifo; echo '{"ready":true}'; cat <>fifo`);
  await supervised.start();
  expect(await supervised.stop({ graceMs: 100 })).toBe(false);
  expect(supervised.state.status).toBe('stopped');
});

test('is asked to stop where it can be asked', async () => {
  const { process: supervised } = supervise(`mkfifo fifo; echo '{"ready":true}'; read line <fifo`);
  await supervised.start();
  const { writeFile } = await import('node:fs/promises');
  const ask = () => writeFile(path.join(folder, 'fifo'), 'stop\n');
  expect(await supervised.stop({ graceMs: 5_000, ask })).toBe(true);
});

test('stopping while it waits to be started again ends the wait', async () => {
  const waiting = Promise.withResolvers<void>();
  const supervised = new SupervisedProcess({
    plan: {
      name: 'test',
      program: 'sh',
      arguments: ['-c', `echo '{"ready":true}'`],
      cwd: '/',
      readyTimeoutMs: 5_000,
    },
    log,
    backoff: () => 1_000_000,
    onChange: ({ status }) => {
      if (status === 'waiting') waiting.resolve();
    },
  });
  await supervised.start();
  await waiting.promise;
  expect(await supervised.stop({ graceMs: 5_000 })).toBe(true);
});
