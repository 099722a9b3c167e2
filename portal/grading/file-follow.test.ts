import { expect, test } from 'vitest';
import { LessonPage, withMachine, withPage } from './lesson-page.fixture.ts';

const shell = { outcome: 'found', type: 'file', mode: 0o755, uid: 0, gid: 0, sizeBytes: 3 } as const;
const path = '/srv/jail/bin/sh';

async function following() {
  const all = await withPage();
  const { page, sandbox } = all;
  await page.until(() => expect(sandbox.fileFollowerCount).toBe(1));
  return all;
}

test('what a check looks at ticks as it changes, and un-ticks, with no command and no event of Docker', async () => {
  const { page, sandbox } = await following();
  expect(sandbox.followedPaths).toEqual([path]);
  sandbox.files.set(path, shell);
  sandbox.sayFiles([path]);
  await page.until(() => expect(page.statuses).toBe('pass waiting'));
  sandbox.files.clear();
  sandbox.sayFiles([path]);
  await page.until(() => expect(page.statuses).toBe('fail waiting'));
});

test('only the checks that look at what changed are looked at again', async () => {
  const { page, sandbox } = await following();
  // Until the looks at the whole that follow its opening are over.
  await page.until(() => {
    if (!sandbox.files.delete(path)) sandbox.files.set(path, shell);
    sandbox.sayFiles([path]);
    const [file, answer] = page.exercise?.verdicts ?? [];
    expect(Date.parse(file!.evaluatedAt)).toBeGreaterThan(Date.parse(answer!.evaluatedAt));
  });
});

test('a page that is closed follows no longer', async () => {
  const { page, sandbox } = await following();
  page.close();
  await page.until(() => expect(sandbox.fileFollowerCount).toBe(0));
});

test('a machine started anew is followed anew', async () => {
  const { page, browser, sandbox, portal } = await following();
  await portal.server.sandbox.end();
  await page.until(() => expect(sandbox.fileFollowerCount).toBe(0));
  sandbox.status = 'stopped';
  await browser.post('/api/sandbox');
  await page.until(() => expect(sandbox.fileFollowerCount).toBe(1));
  sandbox.files.set(path, shell);
  sandbox.sayFiles([path]);
  await page.until(() => expect(page.statuses).toBe('pass waiting'));
});

test('of two pages of one lesson, one is followed for both', async () => {
  const { browser, sandbox } = await withMachine();
  const pages = [new LessonPage(browser), new LessonPage(browser)];
  for (const page of pages) await page.until(() => expect(page.statuses).toBe('fail waiting'));
  await pages[0]!.until(() => expect(sandbox.fileFollowerCount).toBe(1));
});
