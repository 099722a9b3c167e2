/** A machine's time runs out, in a real course with short lifetimes: warned, extended, stopped, resumed. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';

let course: RunningCourse;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  // Long enough for a busy computer to do between two signs of life what the test types.
  const lifetimes = { idleSeconds: 30, warningSeconds: 15 };
  [course, browser] = await Promise.all([RunningCourse.start({ config: { lifetimes } }), launchChromium()]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});

test('warned and extended; then stopped, and resumed with files, an image and a volume', async () => {
  const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
  const { page } = lesson;
  page.setDefaultTimeout(60_000);
  await lesson.type('clear; docker pull -q busybox && docker tag busybox mine:1 && echo got-the-im""age');
  await lesson.seeInTerminal('got-the-image');
  const keep = 'docker run --rm -v keep:/data busybox sh -c "echo kept-in-volume > /data/v"';
  await lesson.type(`clear; ${keep}; echo kept-in-file > note; echo all-do""ne`);
  await lesson.seeInTerminal('all-done');

  const warning = page.locator('[data-notice="lifetime"]');
  await warning.waitFor();
  expect(await warning.locator('[role="timer"]').innerText()).toMatch(/^0:\d\d$/);
  const { violations } = await new AxeBuilder({ page }).include('#terminal').exclude('.xterm').analyze();
  expect(violations).toEqual([]);
  await warning.getByRole('button', { name: 'Keep it running' }).click();
  await warning.waitFor({ state: 'detached' });

  await page.getByText('Your machine is stopped').waitFor();
  await page.getByText(/Its files, images and volumes are kept until/).waitFor();
  const [view] = await course.client.list();
  expect(view?.status).toBe('stopped');

  await page.getByRole('button', { name: 'Resume' }).click();
  const news = page.locator('[data-notice="news"]');
  await news.filter({ hasText: 'Terminals are new' }).waitFor();
  await lesson.seeInTerminal('root@camp');
  // What the frame says is never in the terminal.
  expect(await lesson.screen.innerText()).not.toMatch(/stopped|Terminals are new/);
  await news.getByRole('button', { name: 'Dismiss' }).click();
  await news.waitFor({ state: 'detached' });
  await lesson.type('clear; cat note; docker images --format "{{.Repository}}:{{.Tag}}" mine');
  await lesson.seeInTerminal('kept-in-file');
  await lesson.seeInTerminal('mine:1');
  await lesson.type('clear; docker run --rm -v keep:/data mine:1 cat /data/v');
  await lesson.seeInTerminal('kept-in-volume');
});
