import { expect, test } from 'vitest';
import { LessonPage, withMachine } from '../grading/lesson-page.fixture.ts';
import { HandClock } from './clock.fixture.ts';

const minute = 60_000;

/** A learner with a machine and an open page, and time in our hand. */
async function withTime() {
  const clock = new HandClock();
  const machine = await withMachine({ clock });
  const page = new LessonPage(machine.browser);
  const last = () => page.lifetimes.at(-1);
  await page.until(() => expect(last()).toEqual({ warning: null, news: null }));
  return { ...machine, clock, page, last };
}

test('a page is warned, its learner goes on by a press of the button', async () => {
  const { browser, clock, page, last } = await withTime();
  clock.pass(56 * minute);
  await page.until(() => expect(last()?.warning).toMatchObject({ cause: 'idle', canExtend: true }));
  const extended = await browser.post('/api/sandbox/extend');
  expect(extended.json).toEqual({ warning: null, news: null });
  await page.until(() => expect(last()?.warning).toBeNull());
  clock.pass(54 * minute);
  expect((await browser.get('/api/me')).json.sandbox.status).toBe('running');
});

test('typing is a sign of life; so is opening a page, and not what pages ask by themselves', async () => {
  const { browser, clock, page, last } = await withTime();
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  const terminal = browser.terminal(id);
  await terminal.attach();
  clock.pass(56 * minute);
  await page.until(() => expect(last()?.warning).not.toBeNull());
  terminal.type('ls\r');
  await page.until(() => expect(last()?.warning).toBeNull());
  clock.pass(56 * minute);
  await page.until(() => expect(last()?.warning).not.toBeNull());
  await browser.get('/api/me');
  await browser.get('/api/terminals');
  expect(last()?.warning).not.toBeNull();
  await browser.get('/', { headers: { accept: 'text/html,*/*' } });
  await page.until(() => expect(last()?.warning).toBeNull());
});

test('a machine that is over is stopped, says until when it is kept, and is resumed with the news of it', async () => {
  const { portal, browser, clock, page, sandbox, last } = await withTime();
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  const terminal = browser.terminal(id);
  await terminal.attach();
  clock.pass(60 * minute);
  const stoppedAt = clock.now();
  const keptUntil = new Date(stoppedAt + 14 * 24 * 60 * minute).toISOString();
  await page.until(() =>
    expect(page.sandbox).toMatchObject({ status: 'stopped', stopped: { cause: 'idle', keptUntil } }),
  );
  expect(sandbox.status).toBe('stopped');
  // The terminal was not closed by its learner, nor did its shell end.
  expect(await terminal.closed).toBe(4410);
  expect(portal.logged).toContainEqual(
    expect.objectContaining({ msg: 'a terminal socket closed', code: 4410, terminalId: id }),
  );
  expect((await browser.post('/api/sandbox')).json).toMatchObject({ status: 'running' });
  const news = { kind: 'resumed', cause: 'idle', stoppedAt: new Date(stoppedAt).toISOString() };
  await page.until(() => expect(last()).toEqual({ warning: null, news }));
  await browser.post('/api/sandbox/news/read');
  await page.until(() => expect(last()?.news).toBeNull());
});

test('after the time that it is kept it is removed, and the next visit says so beside a fresh one', async () => {
  const { portal, browser, clock, page } = await withTime();
  clock.pass(60 * minute);
  await page.until(() => expect(page.sandbox).toMatchObject({ stopped: { cause: 'idle' } }));
  await portal.restart();
  clock.pass(14 * 24 * 60 * minute);
  await expect.poll(() => portal.server.sandboxes.size).toBe(0);
  await browser.post('/api/sandbox');
  const later = new LessonPage(browser);
  await later.until(() => expect(later.lifetimes.at(-1)?.news).toMatchObject({ kind: 'removed' }));
});

test('who asks for the machine while it is being stopped gets it started again', async () => {
  const { browser, clock, page, sandbox } = await withTime();
  clock.pass(60 * minute);
  expect((await browser.post('/api/sandbox')).json.status).toBe('running');
  await page.until(() => expect(sandbox.status).toBe('running'));
});
