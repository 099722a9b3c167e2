/** A learner meets the limits of the machine, and reads in the page what happened and what helps. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LimitSubject } from '../../protocol/usage.ts';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';
import { screenshot } from './screenshot.ts';
import { favour } from './share-of-cpu.ts';

let course: RunningCourse;
let browser: Browser;
beforeAll(async () => {
  const limits = {
    memoryBytes: 400 * 1024 ** 2,
    diskBytes: 400 * 1024 ** 2,
    diskInodes: 16_384,
    pids: 200,
    cpuPercent: 60,
    terminals: 3,
    egressBytesPerMinute: 64 * 1024,
    egressConnectionsPerMinute: 20,
  };
  [course, browser] = await Promise.all([RunningCourse.start({ config: { limits } }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});

async function openLesson() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
  // What is told needs a machine that may be held back meanwhile.
  lesson.page.setDefaultTimeout(60_000);
  const told = (subject: LimitSubject): Locator => lesson.page.locator(`[data-notice="limit-${subject}"]`);
  return { lesson, page: lesson.page, told, [Symbol.asyncDispose]: () => context.close() };
}

test('memory and disk: told beside the terminal with what helps, put away once, and gone with the cause', async () => {
  await using opened = await openLesson();
  const { lesson, page, told } = opened;
  await page.locator('meter[aria-label^="Memory: "]').waitFor();
  await lesson.type('clear; (head -c 900M /dev/zero | tail -c 900M | wc -c); echo end""ed');
  const memory = told('memory');
  await memory.filter({ hasText: 'docker stop' }).waitFor();
  await lesson.seeInTerminal('ended');
  expect(await page.locator('[aria-live="polite"]').allInnerTexts()).toContainEqual(
    expect.stringContaining('Your machine ran out of memory'),
  );

  await lesson.type(
    'clear; fallocate -l $(($(df --output=avail -B1 /root | tail -1) * 95 / 100)) big; echo fi""lled',
  );
  const disk = told('disk');
  await disk.filter({ hasText: 'docker system prune' }).waitFor();
  const { violations } = await new AxeBuilder({ page }).include('#terminal').exclude('.xterm').analyze();
  expect(violations).toEqual([]);
  await screenshot(page, 'limits-memory-disk');
  // What was put away stays away while other things are told.
  await memory.getByRole('button', { name: 'Dismiss' }).click();
  await memory.waitFor({ state: 'detached' });
  await lesson.type('clear; rm big; echo remo""ved');
  await disk.waitFor({ state: 'detached' });
  expect(await memory.count()).toBe(0);
  expect(await lesson.screen.innerText()).not.toContain('ran out of memory');
});

test('processor, shells, connections, files, processes: each told by what it is, with what helps', async () => {
  await using opened = await openLesson();
  const { lesson, page, told } = opened;
  await favour(course);
  // Told after half a minute: the rest goes on beside it.
  await lesson.type('clear; for n in 1 2; do (while :; do :; done) & done; echo be""gun');
  await lesson.seeInTerminal('begun');

  const open = page.getByRole('button', { name: 'New shell' });
  for (const count of [2, 3]) {
    await open.click();
    await expect.poll(() => page.locator('[role="tab"]').count(), { timeout: 20_000 }).toBe(count);
    await lesson.seeInTerminal('root@camp');
  }
  await open.click();
  const tooMany = page.locator('.panel-notice', { hasText: 'as many shells open as there may be' });
  await tooMany.filter({ hasText: 'by the cross on its tab' }).waitFor();
  expect(await page.locator('[role="tab"]').count()).toBe(3);
  await screenshot(page, 'limits-shells');
  await page.locator('.tab-close').nth(1).click();
  await open.click();
  await expect.poll(() => page.locator('[role="tab"]').count(), { timeout: 20_000 }).toBe(3);
  await lesson.seeInTerminal('root@camp');
  await tooMany.waitFor({ state: 'hidden' });

  // Refused as not allowed, but first counted: the gateway itself is no package source.
  await lesson.type('clear; for i in $(seq 25); do curl -s -o /dev/null 10.77.0.1; done; echo as""ked');
  await told('egressConnections').filter({ hasText: 'wait a minute' }).waitFor();
  await lesson.seeInTerminal('asked');
  await lesson.type('clear; mkdir many; (cd many; seq 30000 | xargs touch 2>/dev/null); echo ma""de');
  await told('inodes').filter({ hasText: 'as many files as it can' }).waitFor();
  await told('cpu').filter({ hasText: 'top shows which program' }).waitFor();
  await lesson.seeInTerminal('made');
  const bomb = "sh -c 'for i in $(seq 400); do sleep 15 & done' 2>/dev/null";
  await lesson.type(`clear; ${bomb}`);
  await told('pids').filter({ hasText: 'no new one can start. Stop containers' }).waitFor();
  await screenshot(page, 'limits-processor-files-processes-connections');
  // What is over is no longer told.
  await told('pids').waitFor({ state: 'detached' });
});

test('bytes: whoever fetches more than a minute allows reads to wait', async () => {
  await using opened = await openLesson();
  const { lesson, page, told } = opened;
  await lesson.type('clear; apt-get update');
  await told('egress').filter({ hasText: 'Wait a minute, then run the command again' }).waitFor();
  await screenshot(page, 'limits-bytes');
});
