import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';

let course: RunningCourse;
let browser: Browser;
beforeAll(async () => {
  [course, browser] = await Promise.all([RunningCourse.start(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});

const pages = [
  '/',
  '/before-docker/chroot/',
  '/first-steps/hello-world/',
  '/first-steps/interactive-container/',
  '/results/',
];

async function inContext<T>(
  options: Parameters<Browser['newContext']>[0],
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

test.each(['light', 'dark'] as const)(
  '%s, wide and narrow: nothing that axe objects to, nothing that overflows',
  async (colorScheme) => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await inContext({ colorScheme, viewport, reducedMotion: 'reduce' }, async (context) => {
        for (const path of pages) {
          const page = await context.newPage();
          await page.goto(course.url + path);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
          const [scroll, client] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.documentElement.clientWidth,
          ]);
          expect(scroll, `${path} at ${viewport.width}`).toBeLessThanOrEqual(client ?? 0);
          await page.close();
        }
      });
    }
  },
);

test('without JavaScript the lesson and its exercises can be read', async () => {
  await inContext({ javaScriptEnabled: false }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${course.url}/before-docker/chroot/`);
    expect(await page.locator('h1').innerText()).toContain('chroot');
    expect(await page.locator('camp-exercise h3').count()).toBe(4);
    expect(await page.locator('[data-check]').first().isVisible()).toBe(true);
  });
});

test('the console stays silent and nothing is asked of another host', async () => {
  await inContext({}, async (context) => {
    const said: string[] = [];
    const asked: string[] = [];
    context.on('console', (message) => {
      if (message.type() !== 'debug') said.push(message.text());
    });
    context.on('weberror', (fault) => said.push(String(fault.error())));
    context.on('request', (request) => asked.push(request.url()));
    const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
    await lesson.type('echo do""ne');
    await lesson.seeInTerminal('done');
    expect(said).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(course.url) && !url.startsWith('data:'))).toEqual([]);
  });
});

test('by keyboard alone: into the terminal, out of it again, and on', async () => {
  await inContext({}, async (context) => {
    const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
    const inTerminal = () =>
      lesson.page.evaluate(() => document.activeElement?.closest('#terminal .screen') !== null);
    await lesson.page.keyboard.press('Control+Shift+L');
    expect(await inTerminal()).toBe(true);
    await lesson.page.keyboard.press('Tab');
    expect(await inTerminal()).toBe(true);
    await lesson.page.keyboard.press('Control+Shift+L');
    expect(await inTerminal()).toBe(false);
  });
});

test('before the terminal opens a lesson page asks for at most 60 kB of compressed JavaScript', async () => {
  await inContext({}, async (context) => {
    const page = await context.newPage();
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(
          response
            .request()
            .sizes()
            .then((sizes) => sizes.responseBodySize),
        );
    });
    // Held back: the machine never answers, so no terminal opens.
    await page.route('**/api/**', () => undefined);
    await page.goto(`${course.url}/first-steps/hello-world/`, { waitUntil: 'load' });
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(60_000);
  });
});
