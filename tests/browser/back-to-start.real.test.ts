/** "Back to the start of this exercise", as a learner has it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';
import { screenshot } from './screenshot.ts';

let course: RunningCourse;
let browser: Browser;
beforeAll(async () => {
  [course, browser] = await Promise.all([RunningCourse.start(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});

afterEach(async () => {
  for (const { id } of await course.client.list()) await course.client.destroy(id);
});

test('the machine becomes what it was, the terminal says so, and what was earned stays', async () => {
  await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
  const { page } = lesson;
  const exercise = lesson.exercise('two-of-one');
  const back = exercise.getByRole('button', { name: 'Back to the start' });
  await back.waitFor();
  await lesson.type('echo mine > /root/note; docker run -q hello-world; docker run -q hello-world; clear');
  await lesson.seeCheck('two-of-one', 'containers', 'pass');
  await exercise.locator('[data-part="badge"]').waitFor();

  await back.click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.innerText()).toMatch(/becomes what it was at \d.*What came after goes/s);
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await screenshot(page, 'back-to-start-dialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await lesson.type('cat /root/note');
  await lesson.seeInTerminal('mine');

  await back.click();
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await page.locator('.panel-notice', { hasText: 'This is a new shell.' }).waitFor();
  await screenshot(page, 'back-to-start-done');
  await lesson.type('ls /root; docker ps -aq | wc -l');
  await lesson.seeInTerminal('0');
  expect(await lesson.screen.innerText()).not.toContain('note');
  await lesson.seeCheck('two-of-one', 'containers', 'fail');
  await exercise.locator('[data-part="badge"]').waitFor();
});

test('a container that ran when the exercise before was done runs again, and is the same', async () => {
  await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
  const { page } = lesson;
  const back = lesson.exercise('two-of-one').getByRole('button', { name: 'Back to the start' });
  await back.waitFor();
  await lesson.type('docker run -q -d --name web -v kept:/data nginx; docker exec web touch /data/mine');
  await lesson.type('docker run -q hello-world; docker run -q hello-world; clear');
  await lesson.seeCheck('two-of-one', 'containers', 'pass');
  const next = page.locator('camp-exercise').nth(1);
  const startsOf = async (): Promise<(string | null)[]> => {
    const { id } = (await course.client.list())[0] ?? { id: '' };
    return (await course.client.checkpoints(id)).map((one) => one.createdAt);
  };
  await expect.poll(async () => (await startsOf()).length).toBe(2);
  await lesson.type('docker rm -f web; docker volume rm kept; clear; docker ps -q | wc -l');
  await lesson.seeInTerminal('0');
  await next.getByRole('button', { name: 'Back to the start' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click();
  await page.locator('.panel-notice', { hasText: 'This is a new shell.' }).waitFor();
  await lesson.type("docker ps --format '{{.Names}} {{.State}}'; docker exec web ls /data");
  await lesson.seeInTerminal('web running');
  await lesson.seeInTerminal('mine');
  await lesson.seeCheck('two-of-one', 'containers', 'pass');
});

test('a reset asks, and gives a fresh machine in which nothing of the old one is', async () => {
  await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
  const { page } = lesson;
  await lesson.type('echo mine > /root/note; docker volume create kept; clear; ls /root');
  await lesson.seeInTerminal('note');
  const [before] = await course.client.list();
  await page.getByRole('button', { name: 'Reset machine' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.innerText()).toMatch(/cannot be brought back/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await lesson.type('cat /root/note');
  await lesson.seeInTerminal('mine');
  await page.getByRole('button', { name: 'Reset machine' }).click();
  await dialog.getByRole('button', { name: 'Replace it' }).click();
  await expect
    .poll(async () => (await course.client.list()).map(({ id }) => id), { timeout: 30_000 })
    .not.toContain(before?.id);
  await lesson.seeInTerminal('root@camp');
  await lesson.type('clear; ls -A /root | grep -c note; docker volume ls -q | wc -l; echo lo""oked');
  await lesson.seeInTerminal('looked');
  expect(await lesson.screen.innerText()).toMatch(/0\s+0\s+looked/);
});

test('on a telephone the buttons fit', async () => {
  await using context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  });
  const page = await context.newPage();
  await page.goto(`${course.url}/first-steps/hello-world/`);
  const back = page.getByRole('button', { name: 'Back to the start' }).first();
  await back.waitFor();
  await back.scrollIntoViewIfNeeded();
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(scroll).toBeLessThanOrEqual(client ?? 0);
  await screenshot(page, 'back-to-start-narrow');
});
