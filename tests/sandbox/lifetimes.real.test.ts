/** A whole course with short lifetimes, over HTTP: stopped for being idle or running long, resumed, removed; and what the operator sees. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser } from '../../portal/browser.fixture.ts';
import type { LifetimeState } from '../../protocol/portal-api.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';
import { RunningCourse } from '../running-course.ts';

const program = fileURLToPath(new URL('../../bin/chrootcamp', import.meta.url));
const lesson = 'first-steps/hello-world';

let course: RunningCourse;
beforeAll(async () => {
  // Kept for some twenty seconds: long enough to be resumed, short enough to be seen removed.
  const lifetimes = { idleSeconds: 16, warningSeconds: 6, keepDays: 20 / 86_400 };
  course = await RunningCourse.start({ config: { lifetimes } });
});
afterAll(() => course?.[Symbol.asyncDispose]());

async function inside(id: string, script: string): Promise<string> {
  let output = '';
  const onStdout = (bytes: Buffer) => {
    output += bytes.toString();
  };
  await course.client.exec(id, { argv: ['/bin/sh', '-c', script] }, { onStdout });
  return output;
}

/** What a page is told of its machine's time, until `found`. */
async function told(browser: Browser, found: (state: LifetimeState) => boolean): Promise<LifetimeState> {
  const aborter = new AbortController();
  for await (const event of browser.events(lesson, aborter.signal)) {
    if (event.event === 'lifetime' && found(event.data)) return event.data;
  }
  throw new Error('the page was told no more');
}

async function stopped(id: string): Promise<void> {
  await expect.poll(async () => (await course.client.view(id)).status, { timeout: 60_000 }).toBe('stopped');
}

async function listed(): Promise<SandboxView[]> {
  const args = ['sandbox', 'list', '--json', '--data', course.layout.dataDir];
  const { stdout } = await promisify(execFile)(program, args);
  return (JSON.parse(stdout) as { sandboxes: SandboxView[] }).sandboxes;
}

test('idle: warned, stopped, resumed with its files and services; then removed, and its learner told', async () => {
  const browser = new Browser(() => course.url);
  await browser.get('/api/me');
  await browser.post('/api/sandbox');
  const [first] = await course.client.list();
  const { id, bootId } = first as SandboxView;
  await course.client.view(id, { docker: 'wait' });
  await inside(
    id,
    'docker run -d --restart always --name service busybox sleep 1000; echo kept > /root/file',
  );

  const { warning } = await told(browser, (state) => state.warning !== null);
  expect(warning).toMatchObject({ cause: 'idle', canExtend: true });
  expect(warning?.stopsInMs).toBeLessThanOrEqual(6_000);
  const [running] = await listed();
  expect(running).toMatchObject({ id, status: 'running', plan: { stopsAt: expect.any(String) } });
  await stopped(id);

  expect((await browser.post('/api/sandbox')).json).toMatchObject({ status: 'running' });
  const again = await course.client.view(id, { docker: 'wait' });
  expect(again).toMatchObject({ docker: 'ready' });
  expect(again.bootId).not.toBe(bootId);
  expect(await inside(id, 'cat /root/file; docker ps --format "{{.Names}}"')).toBe('kept\nservice\n');
  expect((await told(browser, () => true)).news).toMatchObject({ kind: 'resumed', cause: 'idle' });

  await stopped(id);
  await expect.poll(async () => (await course.client.list()).length, { timeout: 60_000 }).toBe(0);
  expect((await browser.get('/api/me')).json.sandbox).toMatchObject({ status: 'none' });
  await browser.post('/api/sandbox');
  expect((await told(browser, () => true)).news).toMatchObject({ kind: 'removed', cause: 'idle' });
});

test('whole time: a machine at work is stopped when it is over, one whose learner asked for more runs on', async () => {
  const lifetimes = { idleSeconds: 3_600, wallSeconds: 14, warningSeconds: 6, extensionSeconds: 600 };
  await using course = await RunningCourse.start({ config: { lifetimes } });
  const [asks, works] = [new Browser(() => course.url), new Browser(() => course.url)];
  for (const browser of [asks, works]) {
    await browser.get('/api/me');
    await browser.post('/api/sandbox');
    const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
    await browser.terminal(id).attach();
  }
  const [first, second] = (await course.client.list()) as [SandboxView, SandboxView];
  const { warning } = await told(asks, (state) => state.warning !== null);
  expect(warning).toMatchObject({ cause: 'wall', canExtend: true });
  expect((await asks.post('/api/sandbox/extend')).json).toMatchObject({ warning: null });

  // Opening the page is no more time.
  const lastWords = await told(works, (state) => state.warning !== null);
  expect(lastWords.warning).toMatchObject({ cause: 'wall' });
  const statuses = async () =>
    Promise.all([first, second].map(async ({ id }) => (await course.client.view(id)).status));
  await expect
    .poll(async () => (await statuses()).toSorted(), { timeout: 60_000 })
    .toEqual(['running', 'stopped']);
  expect((await asks.get('/api/me')).json.sandbox).toMatchObject({ status: 'running' });
  // The sandbox-server knows of the stop a moment before the portal has written down why.
  await expect
    .poll(async () => (await works.get('/api/me')).json.sandbox)
    .toMatchObject({ status: 'stopped', stopped: { cause: 'wall' } });
});
