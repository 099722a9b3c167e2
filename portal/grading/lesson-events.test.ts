import { expect, test } from 'vitest';
import { PortalFixture, exerciseId } from '../portal.fixture.ts';
import { LessonPage, withMachine, withPage } from './lesson-page.fixture.ts';

const shell = { outcome: 'found', type: 'file', mode: 0o755, uid: 0, gid: 0, sizeBytes: 3 } as const;
const untouched = { hintsUsed: 0, solutionSeenAt: null };
const answerPath = `/api/exercises/${exerciseId}/answer`;

test('a page is told the whole present state, and then what changes', async () => {
  const { page, sandbox } = await withPage();
  expect(page.events.slice(0, 2)).toEqual([
    { event: 'sandbox', data: { status: 'running', docker: 'ready', bootId: `${sandbox.id}-1` } },
    { event: 'exercise', data: { ...untouched, exerciseId, verdicts: [], complete: false, earnedAt: null } },
  ]);
  sandbox.files.set('/srv/jail/bin/sh', shell);
  sandbox.sayDockerEvent('start');
  await page.until(() => expect(page.statuses).toBe('pass waiting'));
  sandbox.files.clear();
  sandbox.sayDockerEvent('die');
  await page.until(() => expect(page.statuses).toBe('fail waiting'));
  expect(page.events).toHaveLength(5);
});

test('a command that ends in a terminal is a cause to look, also a little later', async () => {
  const { page, browser, sandbox } = await withPage();
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  await browser.terminal(id).attach();
  sandbox.terminals.get(id)?.print('\x1b]133;D;0\x07$ ');
  // The command's effect comes after its end.
  setTimeout(() => sandbox.files.set('/srv/jail/bin/sh', shell), 400);
  await page.until(() => expect(page.statuses).toBe('pass waiting'));
});

test('a line entered in the foreground is a cause to look a little later', async () => {
  const { page, browser, sandbox } = await withPage();
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  const terminal = browser.terminal(id);
  await terminal.attach();
  sandbox.files.set('/srv/jail/bin/sh', shell);
  terminal.type('touch it\r');
  await page.until(() => expect(page.statuses).toBe('pass waiting'));
});

test('an event of Docker is no reason to look again at what it cannot have changed', async () => {
  const { page, sandbox } = await withPage();
  // The afterthoughts of the first look, which is at everything.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  sandbox.files.set('/srv/jail/bin/sh', shell);
  sandbox.sayDockerEvent('start');
  await page.until(() => expect(page.statuses).toBe('pass waiting'));
  const [file, answer] = page.exercise?.verdicts ?? [];
  // The question is judged by the kernel, which no container changes.
  expect(Date.parse(file!.evaluatedAt)).toBeGreaterThan(Date.parse(answer!.evaluatedAt));
});

test('what is earned stays earned, with its first date, also in another portal and a fresh machine', async () => {
  const { portal, page, browser, sandbox } = await withPage();
  sandbox.files.set('/srv/jail/bin/sh', shell);
  const answered = await browser.post(answerPath, { checkId: 'kernel', answer: '6.1.0' });
  expect(answered.json).toMatchObject({
    exerciseId,
    complete: true,
    earnedAt: expect.stringMatching(/^\d{4}-/),
  });
  const { earnedAt } = answered.json;
  await page.until(() => expect(page.exercise).toMatchObject({ complete: true, earnedAt }));

  sandbox.files.clear();
  const checked = await browser.post(`/api/exercises/${exerciseId}/check`);
  expect(checked.json).toMatchObject({ complete: false, earnedAt });
  sandbox.files.set('/srv/jail/bin/sh', shell);
  expect((await browser.post(`/api/exercises/${exerciseId}/check`)).json).toMatchObject({
    complete: true,
    earnedAt,
  });

  await portal.restart();
  const { progress } = (await browser.get('/api/me')).json;
  expect(progress).toEqual([
    { ...untouched, exerciseId, earnedAt, firstTriedAt: expect.any(String), tries: 1 },
  ]);
  await browser.post('/api/sandbox/reset');
  const fresh = new LessonPage(browser);
  await fresh.until(() => expect(fresh.statuses).toBe('fail waiting'));
  expect(fresh.exercise).toMatchObject({ complete: false, earnedAt });
});

test('a wrong answer is judged, an unreadable one refused', async () => {
  const { browser } = await withMachine();
  expect((await browser.post(answerPath, { checkId: 'kernel', answer: '5.0' })).json.verdicts[1].status).toBe(
    'fail',
  );
  for (const [body, code] of [
    [{ checkId: 'kernel', answer: '' }, 'ANSWER_INVALID'],
    [{ checkId: 'kernel', answer: 'x'.repeat(501) }, 'ANSWER_INVALID'],
    [{ checkId: 'kernel', answer: 5 }, 'ANSWER_INVALID'],
    [{ checkId: 'shell', answer: 'x' }, 'ANSWER_INVALID'],
    [{ checkId: 'nothing', answer: 'x' }, 'ANSWER_INVALID'],
    [{ checkId: '../', answer: 'x' }, 'BAD_REQUEST'],
    [{ answer: 'x' }, 'BAD_REQUEST'],
    [undefined, 'BAD_REQUEST'],
  ] as const) {
    expect((await browser.post(answerPath, body)).json.error.code, JSON.stringify(body)).toBe(code);
  }
});

test('without a machine there is nothing to judge; once there is one, it is judged', async () => {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  const page = new LessonPage(browser);
  await page.until(() => expect(page.events).toHaveLength(2));
  expect([page.sandbox?.status, page.exercise?.verdicts]).toEqual(['none', []]);
  await browser.post('/api/sandbox');
  await page.until(() => expect(page.statuses).toBe('fail waiting'));
  expect(page.sandbox).toMatchObject({ status: 'running', docker: 'ready' });
  await page.until(() => expect(portal.server.sandbox.followerCount).toBe(1));
});

test('a killed Docker is told, and followed again when it is started', async () => {
  const { page, browser, sandbox } = await withPage();
  sandbox.killDocker();
  await page.until(() => expect(page.sandbox).toMatchObject({ status: 'running', docker: 'stopped' }));
  await browser.post('/api/sandbox/docker/start');
  await page.until(() => expect(page.sandbox).toMatchObject({ docker: 'ready' }));
  await page.until(() => expect(sandbox.followerCount).toBe(1));
});

test('Docker started by hand is noticed when the command ends', async () => {
  const { page, browser, sandbox } = await withPage();
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  await browser.terminal(id).attach();
  sandbox.killDocker();
  await page.until(() => expect(page.sandbox).toMatchObject({ docker: 'stopped' }));
  sandbox.docker = 'ready';
  sandbox.terminals.get(id)?.print('\x1b]133;D;0\x07$ ');
  await page.until(() => expect(page.sandbox).toMatchObject({ docker: 'ready' }));
  await page.until(() => expect(sandbox.followerCount).toBe(1));
});

test('a lost sandbox-server is told and mended; verdicts stay meanwhile', async () => {
  const { portal, page, sandbox } = await withPage();
  await portal.server.stop();
  await page.until(() => expect(page.sandbox?.status).toBe('unavailable'));
  expect(page.statuses).toBe('fail waiting');
  sandbox.files.set('/srv/jail/bin/sh', shell);
  await portal.server.start();
  await page.until(() => expect(page.sandbox?.status).toBe('running'));
  await page.until(() => expect(page.statuses).toBe('pass waiting'));
});

test('nothing is looked at while nothing happens, and nothing for a page that was closed', async () => {
  const { portal, page, sandbox } = await withPage();
  const looks = (): number => portal.server.requests.filter((one) => one.endsWith('/file')).length;
  // The afterthoughts of the first looks come within a second, later on a busy computer; then it is quiet.
  let before = -1;
  while (looks() !== before) {
    before = looks();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
  page.close();
  await expect.poll(() => sandbox.followerCount).toBe(0);
  sandbox.sayDockerEvent('start');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(looks()).toBe(before);
}, 20_000);

test('of more pages than a learner may have the oldest gives way: it may be one that left without a word', async () => {
  const { browser } = await withMachine();
  const pages: LessonPage[] = [];
  for (let count = 0; count < 7; count += 1) {
    const page = new LessonPage(browser);
    await page.until(() => expect(page.events.length).toBeGreaterThan(1));
    pages.push(page);
  }
  expect(await pages[0]?.ended).toBeInstanceOf(Error);
  const metrics = await browser.get('/metrics');
  expect(metrics.text).toContain('chrootcamp_lesson_pages 6');
});

test('a page is told nothing of another learner', async () => {
  const { portal, page, sandbox } = await withPage();
  const other = await portal.visit();
  await other.post('/api/sandbox');
  const count = page.events.length;
  const otherPage = new LessonPage(other);
  await otherPage.until(() => expect(otherPage.statuses).toBe('fail waiting'));
  expect(otherPage.sandbox?.bootId).not.toBe(`${sandbox.id}-1`);
  expect(page.events).toHaveLength(count);
});
