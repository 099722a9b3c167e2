/** The course in German: the pages' own words, a translated lesson with its exercises, and the way through both. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
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

const german = JSON.parse(
  readFileSync(new URL('../../site/src/text/languages/de.json', import.meta.url), 'utf8'),
) as Record<string, string>;
/** What a German page must not say. */
const english = Object.entries(german).flatMap(([id, text]) => (id === text ? [] : [id.trim()]));

async function inContext<T>(
  options: Parameters<Browser['newContext']>[0],
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** Whatever can be read or heard on the page, but for what a terminal shows. */
function said(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent?.closest('script, style, .xterm, pre, code, [lang="en"]')) continue;
      texts.push(walker.currentNode.textContent?.trim().replaceAll(/\s+/g, ' ') ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (element.closest('.xterm, [lang="en"]')) continue;
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
    }
    return texts.filter((text) => text !== '');
  });
}

const [home, translated, original] = [
  '/de/',
  '/de/first-steps/hello-world/',
  '/de/before-docker/chroot/',
] as const;

test.each([
  {
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
    pages: [home, translated, original, '/de/results/'],
  },
  {
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
    pages: [home, translated, '/de/network/', '/de/no/such/page/'],
  },
] as const)(
  '$colorScheme at $viewport.width px: German, as axe likes it, and nothing overflows',
  async ({ pages, ...options }) => {
    await inContext(options, async (context) => {
      for (const path of pages) {
        const page = await context.newPage();
        await page.goto(course.url + path);
        expect(await page.locator('html').getAttribute('lang'), path).toBe('de');
        expect((await said(page)).filter((text) => english.includes(text))).toEqual([]);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
        const [scroll, client] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect(scroll, path).toBeLessThanOrEqual(client ?? 0);
        await page.close();
      }
    });
  },
);

test('a translated lesson is done in German, by the same commands and checks', async () => {
  await inContext({ viewport: { width: 1440, height: 900 } }, async (context) => {
    const lesson = await LessonPage.open(context, `${course.url}/de/first-steps/hello-world/`);
    const { page } = lesson;
    const card = lesson.exercise('two-of-one');
    expect(await card.locator('h3').innerText()).toBe('Zwei Container aus einem Image');
    await lesson.seeCheck('two-of-one', 'containers', 'fail');
    expect(await said(page)).not.toContain('');
    expect((await said(page)).filter((text) => english.includes(text))).toEqual([]);
    // Both blocks of the lesson, by their buttons: Run finds them by their place.
    const run = page.getByRole('button', { name: 'Ausführen' });
    await run.nth(0).click();
    await lesson.seeCheck('two-of-one', 'image', 'pass');
    await lesson.type('docker run hello-world');
    await card.locator('[data-part="badge"]').filter({ hasText: 'Geschafft' }).waitFor();
    await card.locator('[data-hint="1"] > summary').filter({ hasText: 'Tipp 1 von 2' }).click();
    await card.getByText('listet auch Container auf').waitFor();
  });
});

test('what was found before is said in the language that a learner changes to; so is the message to the instructor', async () => {
  const permissions = ['clipboard-read', 'clipboard-write'];
  await inContext({ viewport: { width: 1440, height: 900 }, permissions }, async (context) => {
    const lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
    const { page } = lesson;
    const sentence = lesson.exercise('exit-code').locator('[data-check="ended"] [data-part="sentence"]');
    await sentence.filter({ hasText: 'There is no container from busybox yet.' }).waitFor();
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await sentence.filter({ hasText: 'Noch nicht da:' }).waitFor();
    await lesson
      .exercise('exit-code')
      .getByRole('button', { name: 'Für meine Kursleitung kopieren' })
      .click();
    await page.getByRole('button', { name: 'Kopiert' }).waitFor();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    for (const words of ['Lernende Person', 'Geschafft: nein', '[noch nicht]', 'Gefunden:', 'Wann:'])
      expect(report).toContain(words);
    expect(report).not.toMatch(/Learner|Earned|Expected|Found|When/);
    await page.getByRole('link', { name: 'English' }).click();
    await sentence.filter({ hasText: 'There is no container from busybox yet.' }).waitFor();
  });
});

test('links stay in German; what is not translated says so, and keeps its own language', async () => {
  await inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${course.url}/first-steps/hello-world/`);
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.waitForURL('**/de/first-steps/hello-world/');
    for (const link of await page
      .locator('main a[href^="/"], header a[href^="/"], footer a[href^="/"]')
      .all()) {
      const address = (await link.getAttribute('href')) ?? '';
      if ((await link.getAttribute('hreflang')) !== 'en') expect(address).toMatch(/^\/de\//);
    }
    await page.locator('a[rel="prev"]').click();
    await page.waitForURL('**/de/before-docker/chroot/');
    await page.getByRole('note').filter({ hasText: 'noch nicht auf Deutsch' }).waitFor();
    expect(await page.locator('article').getAttribute('lang')).toBe('en');
    const task = page.locator('camp-exercise').first();
    expect(await task.getAttribute('lang')).toBe('de');
    expect(await task.locator('.exercise-task').getAttribute('lang')).toBe('en');
    await page.locator('header .brand').click();
    await page.waitForURL('**/de/');
    await page
      .getByRole('link', { name: 'Erste Schritte' })
      .or(page.locator('#first-steps a').first())
      .first()
      .click();
    await page.waitForURL('**/de/first-steps/hello-world/');
  });
});
