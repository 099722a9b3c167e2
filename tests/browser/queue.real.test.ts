/** Five learners in a course that carries two; and a computer whose disk runs short. */
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { screenshot } from './screenshot.ts';

let course: RunningCourse;
let browser: Browser;
const contexts: BrowserContext[] = [];
/** What the course may take of the disk. Others use it too meanwhile: the ballast takes twice that. */
const spareBytes = 6 * 1024 ** 3;
beforeAll(async () => {
  const { bavail, bsize } = statfsSync('/var/tmp');
  const diskReserveBytes = bavail * bsize - spareBytes;
  const config = { capacity: { most: 2, warm: 0, diskReserveBytes } };
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

test('a disk that is short: whoever resumes reads so and that the work is kept, and all are served when there is room', async () => {
  const worker = await arrive();
  await hasPrompt(worker);
  const [{ id } = { id: '' }] = await course.client.list();
  await course.client.exec(id, { argv: ['/bin/sh', '-c', 'echo mine > /root/note; sync'] }, {});
  await course.client.stop(id);
  const resume = worker.getByRole('button', { name: 'Resume' });
  await resume.waitFor();

  const ballast = join(course.layout.dataDir, 'ballast');
  execFileSync('fallocate', ['--length', String(2 * spareBytes), ballast]);
  await resume.click();
  await sees(worker, 'This course’s computer has no disk to spare');
  const words = worker.locator('.panel-start');
  await words.filter({ hasText: 'Your work is kept: files, images and volumes. You are next.' }).waitFor();
  expect(await words.innerText()).not.toMatch(/taken/);
  expect((await new AxeBuilder({ page: worker }).analyze()).violations).toEqual([]);
  await screenshot(worker, 'queue-no-disk');
  const other = await arrive();
  await sees(other, 'no disk to spare');
  await other.locator('.panel-start', { hasText: 'You are number 2 in the queue.' }).waitFor();
  expect(await other.locator('.panel-start').innerText()).not.toMatch(/kept/);
  // A reload and a new portal say the same.
  await worker.reload();
  await sees(worker, 'no disk to spare');
  await course.kill('portal');
  await sees(worker, 'no disk to spare');

  rmSync(ballast);
  await hasPrompt(worker);
  await hasPrompt(other);
  let note = '';
  const onStdout = (bytes: Buffer): void => void (note += bytes.toString());
  await course.client.exec(id, { argv: ['/bin/cat', '/root/note'] }, { onStdout });
  expect(note).toBe('mine\n');
  for (const context of contexts.splice(0)) await context.close();
  for (const { id: each } of await course.client.list()) await course.client.destroy(each);
});

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
