/** A course from start to stop, and what becomes of it when parts are killed. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mountsBelow } from '../../host/instance/clear-runtime.ts';
import { layoutOf } from '../../host/layout.ts';
import type { Layout } from '../../host/layout.ts';
import { freePort } from '../../host/free-port.ts';
import { makeDataDir, run, type } from '../typed.fixture.ts';
import type { Status } from './status.ts';

let data: ReturnType<typeof makeDataDir>;
let layout: Layout;
let port: number;
let address: string[];

beforeEach(async () => {
  data = makeDataDir();
  layout = layoutOf(data.dataDir);
  port = await freePort();
  address = ['--data', data.dataDir, '--port', String(port)];
});
afterEach(async () => {
  await run('stop', '--data', data.dataDir);
  data[Symbol.dispose]();
});

async function readStatus(): Promise<Status> {
  return JSON.parse((await run('status', '--json', '--data', data.dataDir)).stdout) as Status;
}

const pidOf = (status: Status, name: string) => status.processes!.find((one) => one.name === name)!.pid!;

/** Asked again and again: a restart is told to nobody. */
async function statusWhen(wanted: (status: Status) => boolean): Promise<Status> {
  for (;;) {
    const status = await readStatus();
    if (wanted(status)) return status;
    await delay(100);
  }
}

function expectNothingLeft(): void {
  expect(existsSync(layout.runtimeDir)).toBe(false);
  expect(mountsBelow(layout.runtimeDir)).toEqual([]);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(layout.instance);
}

test('starts, answers, tells of itself, and stops leaving nothing', async () => {
  const started = await run('start', ...address, '--detach');
  expect(started.stderr).toBe('');
  expect(started.stdout).toContain(`http://127.0.0.1:${port}/`);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);

  const status = await readStatus();
  expect(status).toMatchObject({ running: true, phase: 'running', health: { status: 'ok' } });
  const portal = readFileSync(`/proc/${pidOf(status, 'portal')}/status`, 'utf8');
  expect(portal).toMatch(/^CapBnd:\s+0+$/m);
  expect(portal).toMatch(/^NoNewPrivs:\s+1$/m);
  expect(portal).not.toMatch(/^Uid:\s+0\b/m);

  const carried = await run('capacity', '--data', data.dataDir);
  expect(carried.stdout).toMatch(
    /^This computer carries \d+ learners at work, \d+ idle\. First to run out: /,
  );
  expect(carried.stdout).toMatch(/Measured on 1\.\n$/);
  const measured = JSON.parse((await run('capacity', '--json', '--data', data.dataDir)).stdout);
  expect(measured).toMatchObject({ learners: expect.any(Number), bound: { name: expect.any(String) } });
  expect((await run('sandbox', 'list', '--data', data.dataDir)).stdout).toMatch(/^No learner has a machine/);

  const again = await run('start', '--data', data.dataDir, '--detach');
  expect(again).toMatchObject({ status: 0 });
  expect(again.stdout).toContain(`http://127.0.0.1:${port}/`);
  const otherwise = await run('start', '--data', data.dataDir, '--port', '1');
  expect(otherwise).toMatchObject({ status: 1 });
  expect(otherwise.stderr).toContain('ALREADY_RUNNING');

  expect(await run('stop', '--data', data.dataDir)).toMatchObject({ status: 0, stdout: 'Stopped.\n' });
  expectNothingLeft();
  expect(await readStatus()).toMatchObject({ running: false });
});

test('a killed process is started again', async () => {
  await run('start', ...address, '--detach');
  const before = await readStatus();
  for (const name of ['portal', 'sandbox-server']) process.kill(pidOf(before, name), 'SIGKILL');
  const after = await statusWhen(
    (status) => status.health?.status === 'ok' && status.processes!.every(({ restarts }) => restarts === 1),
  );
  expect(pidOf(after, 'portal')).not.toBe(pidOf(before, 'portal'));
});

test('after a killed supervisor, start goes on and stop clears away', async () => {
  await run('start', ...address, '--detach');
  process.kill((await readStatus()).pid!, 'SIGKILL');
  expect(await readStatus()).toMatchObject({ running: false });

  const again = await run('start', ...address, '--detach');
  expect(again.stdout).toContain('Ended the portal of a killed course.');
  expect(again.status).toBe(0);

  process.kill((await readStatus()).pid!, 'SIGKILL');
  expect(await run('stop', '--data', data.dataDir)).toMatchObject({ status: 0, stdout: 'Stopped.\n' });
  expectNothingLeft();
});

test('Ctrl-C in the foreground stops everything', async () => {
  const typed = type(['start', ...address]);
  await typed.said('Ctrl-C ends it');
  typed.child.kill('SIGINT');
  const { status, stdout } = await typed.ended;
  expect(stdout).toContain('Stopped.');
  expect(status).toBe(0);
  expectNothingLeft();
});

test('Ctrl-C while it is brought up ends it in order', async () => {
  const typed = type(['start', ...address]);
  await typed.said('> The course');
  typed.child.kill('SIGINT');
  const { status, stderr } = await typed.ended;
  expect(stderr).toContain('run the same command again to go on');
  expect(status).toBe(130);
  expectNothingLeft();
});

test('a port that somebody else has', async () => {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { status, stderr } = await run('start', ...address);
  expect(stderr).toContain(`is taken by process ${process.pid}`);
  expect(stderr).toContain(`--port ${port + 1}`);
  expect(stderr).toContain('PORT_TAKEN');
  expect(status).toBe(1);
  server.close();
  expectNothingLeft();
});

test('nothing to stop', async () => {
  const { status, stdout } = await run('stop', '--data', data.dataDir);
  expect(stdout).toBe(`No course runs in ${layout.dataDir}.\n`);
  expect(status).toBe(0);
  expectNothingLeft();
});
