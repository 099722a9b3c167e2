import { expect, test } from 'vitest';
import type { UsageReport } from '../../protocol/usage.ts';
import { LessonPage, withMachine } from '../grading/lesson-page.fixture.ts';

const report = (diskUsedBytes: number): UsageReport => ({
  usage: {
    memoryBytes: 1,
    memoryLimitBytes: 2,
    pids: 1,
    pidsLimit: 2,
    diskUsedBytes,
    diskBytes: 100,
    inodesUsed: 1,
    inodes: 2,
    cpuMs: 1,
  },
  limits: [],
});

test('pages are told what their machine uses; a later one begins with the latest', async () => {
  const { browser, sandbox } = await withMachine();
  const page = new LessonPage(browser);
  await expect.poll(() => sandbox.usageFollowerCount).toBe(1);
  sandbox.sayUsage(report(1));
  await page.until(() => expect(page.usages).toEqual([report(1)]));
  sandbox.sayUsage(report(2));
  await page.until(() => expect(page.usages).toHaveLength(2));
  const later = new LessonPage(browser);
  await later.until(() => expect(later.usages).toEqual([report(2)]));
  expect(sandbox.usageFollowerCount).toBe(1);
});

test('a machine that nobody looks at is not followed, one that was started anew is followed again', async () => {
  const { portal, browser, sandbox } = await withMachine();
  const page = new LessonPage(browser);
  await expect.poll(() => sandbox.usageFollowerCount).toBe(1);
  await browser.post('/api/sandbox/reset');
  const fresh = portal.server.sandbox;
  expect(fresh.id).not.toBe(sandbox.id);
  await expect.poll(() => fresh.usageFollowerCount).toBe(1);
  page.close();
  await expect.poll(() => fresh.usageFollowerCount).toBe(0);
});
