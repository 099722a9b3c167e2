/** Five learners in a course that carries two. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { screenshot } from './screenshot.ts';

let course: RunningCourse;
let browser: Browser;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  const config = { capacity: { most: 2, warm: 0 } };
  [course, browser] = await Promise.all([RunningCourse.start({ config }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});

/** Another learner opens the lesson. */
async function arrive(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${course.url}/first-steps/hello-world/`);
  return page;
}

const sees = (page: Page, title: string) => page.locator('.panel-start .title', { hasText: title }).waitFor();
const hasPrompt = (page: Page) => page.locator('#terminal .xterm-rows', { hasText: 'root@camp' }).waitFor();

test('two work, three see their places, move up live, and are served by themselves', async () => {
  const [first, second] = [await arrive(), await arrive()];
  await hasPrompt(first);
  await hasPrompt(second);
  const third = await arrive();
  await sees(third, 'You are next');
  const fourth = await arrive();
  await sees(fourth, 'You are number 2 in the queue');
  const fifth = await arrive();
  await sees(fifth, 'You are number 3 in the queue');
  await third.locator('.panel-start', { hasText: '2 wait behind you. Yours starts by itself' }).waitFor();
  expect((await new AxeBuilder({ page: fifth }).analyze()).violations).toEqual([]);
  await screenshot(fifth, 'queue');

  // A reload keeps the place, and nobody overtakes.
  await fourth.reload();
  await sees(fourth, 'You are number 2 in the queue');

  const [used] = await course.client.list();
  await course.client.stop(used?.id ?? '');
  await hasPrompt(third);
  await sees(fourth, 'You are next');
  await sees(fifth, 'You are number 2 in the queue');

  // Whoever was stopped and comes back waits as everybody does.
  const stopped = await Promise.any(
    [first, second].map(async (page) => {
      await page.getByRole('button', { name: 'Resume' }).click();
      return page;
    }),
  );
  await sees(stopped, 'You are number 3 in the queue');

  // The portal starts anew: the order is the same.
  await course.kill('portal');
  await sees(fourth, 'You are next');
  for (const { id, status } of await course.client.list())
    if (status === 'running') await course.client.destroy(id);
  await hasPrompt(fourth);
  await hasPrompt(fifth);
  await sees(stopped, 'You are next');
});
