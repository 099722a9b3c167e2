/** Little room, other colours, little movement: nothing of the terminal is lost by them. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot } from './screenshot.ts';
import { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();
const phone = { hasTouch: true, isMobile: true };

/** The page is no wider than what shows it. */
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** Opens the terminal where it lies under the lesson's words. */
async function openSheet(options: object): Promise<LessonPage> {
  const lesson = new LessonPage(await (await fixture.learner(options)).newPage());
  lesson.page.setDefaultTimeout(20_000);
  await lesson.page.goto(fixture.url);
  await lesson.page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await lesson.seeInTerminal('root@camp');
  return lesson;
}

/** The newest prompt is to be seen whole. */
async function seesPrompt({ page, screen }: LessonPage): Promise<void> {
  const { width, height } = page.viewportSize() as { width: number; height: number };
  await expect
    .poll(async () => {
      const box = await screen.locator('div').filter({ hasText: 'root@camp' }).last().boundingBox();
      return box !== null && box.x >= 0 && box.x < width && box.y >= 0 && box.y + box.height <= height;
    })
    .toBe(true);
}

test('a phone held upright, then across: two shells one at a time, all keys, the prompt in sight', async () => {
  const lesson = await openSheet({ viewport: { width: 390, height: 844 }, ...phone });
  const { page } = lesson;
  const panes = page.locator('.pane:visible');
  await lesson.type('clear; echo the-fir""st');
  await lesson.seeInTerminal('the-first');
  await page.keyboard.press('Control+Shift+E');
  await expect.poll(() => page.locator('[role="tab"]').count()).toBe(2);
  await lesson.seeInTerminal('root@camp');
  expect(await panes.count()).toBe(1);
  await lesson.type('clear; echo the-sec""ond');
  await lesson.seeInTerminal('the-second');
  await page.locator('[role="tab"]').first().tap();
  await lesson.seeInTerminal('the-first');
  expect(await panes.count()).toBe(1);
  expect(await fits(page)).toBe(true);
  await screenshot(page, 'phone-upright');

  await page.setViewportSize({ width: 844, height: 390 });
  await lesson.type('seq 60; echo acr""oss');
  await lesson.seeInTerminal('across');
  await seesPrompt(lesson);
  const keys = page.getByRole('toolbar', { name: 'Terminal keys' });
  await keys.getByRole('button', { name: 'Up' }).tap();
  await lesson.seeInTerminal('seq 60; echo acr""oss');
  const rows = await lesson.screen.locator('> div').evaluateAll((all) => all.length);
  expect(rows).toBeGreaterThanOrEqual(8);
  expect(await fits(page)).toBe(true);
  await screenshot(page, 'phone-across');
});

test.each([
  ['a page magnified to 200 %', { width: 640, height: 400 }, 6],
  ['a page of 320 pixels', { width: 320, height: 568 }, 8],
])('%s: all that the terminal can do is reached, and nothing lies beside the page', async (...given) => {
  const [, viewport, leastRows] = given;
  const lesson = await openSheet({ viewport });
  const { page } = lesson;
  await lesson.type('seq 40; echo at the en""d');
  await lesson.seeInTerminal('at the end');
  await seesPrompt(lesson);
  expect(await lesson.screen.locator('> div').evaluateAll((all) => all.length)).toBeGreaterThanOrEqual(
    leastRows,
  );
  expect(await fits(page)).toBe(true);

  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('at the end');
  await page
    .getByRole('search')
    .getByText(/\d of \d/)
    .waitFor();
  expect(await fits(page)).toBe(true);
  await screenshot(page, `search-${viewport.width}`);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'All that the terminal can do' }).click();
  const items = page.getByRole('menu').locator('[role^="menuitem"]');
  for (let at = 0; at < (await items.count()); at += 1) {
    await items.nth(at).scrollIntoViewIfNeeded();
    const box = await items.nth(at).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= viewport.width, `item ${at}`).toBe(true);
    expect(box && box.y >= 0 && box.y + box.height <= viewport.height, `item ${at}`).toBe(true);
  }
  await screenshot(page, `menu-${viewport.width}`);
  await page.keyboard.press('Escape');
  await lesson.type('exit 3');
  await lesson.notice.getByText('Shell ended with exit code 3').waitFor();
  await lesson.notice.getByRole('button', { name: 'New shell' }).click();
  await lesson.seeInTerminal('root@camp');
  expect(await fits(page)).toBe(true);
});

test('forced colours: who has the focus, how a command ended and the state are still seen', async () => {
  const lesson = await fixture.lesson({ forcedColors: 'active' });
  const { page } = lesson;
  await lesson.type('false');
  await page.locator('.command-mark[data-state="bad"]').waitFor({ state: 'attached' });
  await lesson.type('true');
  await page.locator('.command-mark[data-state="good"]').waitFor({ state: 'attached' });
  // What is told by a background alone would have none: forced colours take it.
  const colours = await page.evaluate(() => {
    const drawn = (selector: string, pseudo?: string) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`there is no ${selector}`);
      const { backgroundColor, borderTopColor, outlineStyle, forcedColorAdjust } = getComputedStyle(
        element,
        pseudo,
      );
      return { backgroundColor, borderTopColor, outlineStyle, forcedColorAdjust };
    };
    const paper = getComputedStyle(document.body).backgroundColor;
    return {
      paper,
      good: drawn('.command-mark[data-state="good"]', '::before').backgroundColor,
      bad: drawn('.command-mark[data-state="bad"]', '::before').backgroundColor,
      lamp: drawn('.panel-status .lamp', '::before').backgroundColor,
      cursor: drawn('.pane.is-active .xterm-cursor').backgroundColor,
      frame: drawn('.pane.is-active .screen', '::after').borderTopColor,
    };
  });
  for (const part of ['good', 'bad', 'lamp', 'cursor', 'frame'] as const)
    expect(colours[part], part).not.toBe(colours.paper);
  await page.keyboard.press('Control+Shift+L');
  await page.getByRole('button', { name: 'All that the terminal can do' }).focus();
  await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).not.toBe('none');
  await page.locator('.panel-status .lamp').filter({ hasText: 'Connected' }).waitFor();
  await screenshot(page, 'forced-colours');
});

test('a terminal at rest paints nothing; its cursor blinks without an animation, and not where motion is unwanted', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  const animations = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  await page.locator('.pane.is-active .xterm-helper-textarea').focus();
  await page.locator('.xterm-focus .xterm-cursor').waitFor();
  await expect.poll(animations).toBe(0);
  const host = page.locator('.pane.is-active .screen-host');
  await page.locator('.pane.is-active .screen-host[data-cursor-off]').waitFor({ state: 'attached' });
  await page.keyboard.type('x');
  await lesson.seeInTerminal('# x');
  // Lit again by what moved it.
  await expect.poll(() => host.getAttribute('data-cursor-off')).toBeNull();

  const calm = await fixture.lesson({ reducedMotion: 'reduce' });
  await calm.page.locator('.pane.is-active .xterm-helper-textarea').focus();
  await calm.page.locator('.xterm-focus .xterm-cursor').waitFor();
  expect(await calm.page.locator('.xterm-cursor-blink').count()).toBe(0);
  expect(
    await calm.page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    ),
  ).toBe(0);
});
