import { expect, test } from 'vitest';
import { LessonPage, withMachine } from '../grading/lesson-page.fixture.ts';

const json = (body: object) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

test('each page of a learner hears that a terminal was opened, named or closed, and no page of another', async () => {
  const { portal, browser } = await withMachine();
  const stranger = await portal.visit();
  await stranger.post('/api/sandbox');
  const [page, foreign] = [new LessonPage(browser), new LessonPage(stranger)];
  const hasNews = async (count: number) => {
    await page.until(() => expect(new Set(page.terminalRevisions).size).toBe(count));
  };
  await hasNews(1);
  await foreign.until(() => expect(foreign.terminalRevisions).toHaveLength(1));

  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  await hasNews(2);
  await browser.request('PATCH', `/api/terminals/${id}`, json({ name: 'the server' }));
  await hasNews(3);
  // One that comes later knows how far things are, and so whether it missed any.
  const later = new LessonPage(browser);
  await later.until(() => expect(later.terminalRevisions).toEqual(page.terminalRevisions.slice(-1)));
  await browser.request('DELETE', `/api/terminals/${id}`);
  await hasNews(4);
  await later.until(() => expect(later.terminalRevisions).toEqual(page.terminalRevisions.slice(-2)));
  expect(foreign.terminalRevisions).toHaveLength(1);
});

test('what is refused is no news', async () => {
  const { browser } = await withMachine();
  const page = new LessonPage(browser);
  await page.until(() => expect(page.terminalRevisions).toHaveLength(1));
  await browser.request('PATCH', '/api/terminals/0123456789abcdef', json({ name: 'x' }));
  await browser.post('/api/terminals', { cols: 80, rows: 24 });
  await page.until(() => expect(page.terminalRevisions.length).toBeGreaterThan(1));
  expect(page.terminalRevisions).toHaveLength(2);
});
