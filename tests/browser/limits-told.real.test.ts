/** A learner meets the limits of the machine, and reads in the page what happened and what helps. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';

let course: RunningCourse;
let browser: Browser;
beforeAll(async () => {
  const limits = {
    memoryBytes: 400 * 1024 ** 2,
    diskBytes: 400 * 1024 ** 2,
    egressConnectionsPerMinute: 2,
  };
  [course, browser] = await Promise.all([RunningCourse.start({ config: { limits } }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});

test('memory and disk: told beside the terminal with what helps, put away once, and gone with the cause', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
  const { page } = lesson;
  await page.locator('meter[aria-label^="Memory: "]').waitFor();
  await lesson.type('clear; (head -c 900M /dev/zero | tail -c 900M | wc -c); echo end""ed');
  const memory = page.locator('[data-notice="limit-memory"]');
  await memory.filter({ hasText: 'docker stop' }).waitFor();
  await lesson.seeInTerminal('ended');
  expect(await page.locator('[aria-live="polite"]').allInnerTexts()).toContainEqual(
    expect.stringContaining('Your machine ran out of memory'),
  );

  await lesson.type(
    'clear; fallocate -l $(($(df --output=avail -B1 /root | tail -1) * 95 / 100)) big; echo fi""lled',
  );
  const disk = page.locator('[data-notice="limit-disk"]');
  await disk.filter({ hasText: 'docker system prune' }).waitFor();
  const { violations } = await new AxeBuilder({ page }).include('#terminal').exclude('.xterm').analyze();
  expect(violations).toEqual([]);
  // What was put away stays away while other things are told.
  await memory.getByRole('button', { name: 'Dismiss' }).click();
  await memory.waitFor({ state: 'detached' });
  await lesson.type('clear; rm big; echo remo""ved');
  await disk.waitFor({ state: 'detached' });
  expect(await memory.count()).toBe(0);
  expect(await lesson.screen.innerText()).not.toContain('ran out of memory');
  await context.close();
});

test('connections: told with what helps', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const url = `${course.url}/first-steps/hello-world/`;
  const lesson = await LessonPage.open(context, url);
  // The gateway itself is no package source, so nothing leaves it; each try counts all the same.
  await lesson.type('clear; for i in 1 2 3 4; do curl -s -o /dev/null http://10.77.0.1/; done; echo as""ked');
  await lesson.seeInTerminal('asked');
  const connections = lesson.page.locator('[data-notice="limit-egressConnections"]');
  await connections.filter({ hasText: 'wait a minute' }).waitFor();
  await context.close();
});
