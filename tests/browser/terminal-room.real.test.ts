/** Little room, other colours, little movement: nothing of the terminal is lost by them. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot } from './screenshot.ts';
import type { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();
const phone = { hasTouch: true, isMobile: true };

/** The page is no wider than what shows it. */
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

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
  const lesson = await fixture.sheet({ viewport: { width: 390, height: 844 }, ...phone });
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
  expect(await lesson.screen.locator('> div').count()).toBeGreaterThanOrEqual(8);
  expect(await fits(page)).toBe(true);
  await screenshot(page, 'phone-across');
});

test.each([
  ['a page magnified to 200 %', { width: 640, height: 400 }, 6],
  ['a page of 320 pixels', { width: 320, height: 568 }, 8],
])('%s: all that the terminal can do is reached, and nothing lies beside the page', async (...given) => {
  const [, viewport, leastRows] = given;
  const lesson = await fixture.sheet({ viewport });
  const { page } = lesson;
  await lesson.type('seq 40; echo at the en""d');
  await lesson.seeInTerminal('at the end');
  await seesPrompt(lesson);
  expect(await lesson.screen.locator('> div').count()).toBeGreaterThanOrEqual(leastRows);
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

/** More than one colour is to be seen there: something is drawn. */
async function isDrawn(page: Page, clip: { x: number; y: number; width: number; height: number }) {
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    return new Set(pixels).size > 1;
  }, png);
}

test('forced colours: where one types, how a command ended and the state are still seen', async () => {
  const lesson = await fixture.lesson({ forcedColors: 'active', reducedMotion: 'reduce' });
  const { page } = lesson;
  const around = async (selector: string, width?: number) => {
    const box = await page.locator(selector).last().boundingBox();
    if (!box) throw new Error(`${selector} is not to be seen`);
    return { x: box.x - 2, y: box.y - 2, width: (width ?? box.width) + 4, height: box.height + 4 };
  };
  await lesson.type('false');
  await page.locator('.command-mark[data-state="bad"]').waitFor();
  await lesson.type('true');
  await page.locator('.command-mark[data-state="good"]').waitFor();
  for (const [selector, width] of [
    ['.command-mark[data-state="good"]', 10],
    ['.command-mark[data-state="bad"]', 10],
    ['.panel-status .lamp', 9],
    ['.xterm-focus .xterm-cursor', undefined],
  ] as const)
    expect(await isDrawn(page, await around(selector, width)), selector).toBe(true);
  const frame = await page.locator('.pane.is-active .screen').boundingBox();
  expect(frame && (await isDrawn(page, { ...frame, width: 6, height: 6 }))).toBe(true);
  await page.keyboard.press('Control+Shift+L');
  await page.getByRole('button', { name: 'All that the terminal can do' }).focus();
  await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).not.toBe('none');
  await page.locator('.panel-status .lamp').filter({ hasText: 'Connected' }).waitFor();
  await screenshot(page, 'forced-colours');
});

/** What of the page moves, each by the element it moves and how. */
const runningAnimations = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map((animation) => {
        const { target } = animation.effect as KeyframeEffect;
        return `${target?.className ?? '?'}: ${'animationName' in animation ? String(animation.animationName) : 'transition'}`;
      }),
  );

test('a terminal at rest paints nothing; its cursor blinks without an animation, and not where motion is unwanted', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  await page.locator('.pane.is-active .xterm-helper-textarea').focus();
  await page.locator('.xterm-focus .xterm-cursor').waitFor();
  await expect.poll(() => runningAnimations(page)).toEqual([]);
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
  // Also transitions of a moment are over only at the page's next frame.
  await expect.poll(() => runningAnimations(calm.page)).toEqual([]);
});
