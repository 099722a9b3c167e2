import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

/** Where the focus is, as the parts of the page that a keyboard must reach. */
const zone = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    const zones = {
      skip: '.skip-links',
      header: '.site-header',
      lesson: '#lesson',
      split: '.split-handle',
      machine: '.panel-bar',
      tabs: '.tablist',
      tools: '.tab-tools',
      'new shell': '.panel-tabs',
      inside: '.screen-host',
      screen: '.screen',
      divider: '.pane-divider',
    };
    return Object.entries(zones).find(([, selector]) => activeElement?.closest(selector))?.[0] ?? 'page';
  });

test('Tab reaches every part, passes over the terminal, and is nowhere caught; Enter goes in, the chord comes out', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  await page.keyboard.press('Control+Shift+L');
  expect(await zone(page)).toBe('inside');
  await page.keyboard.press('Control+Shift+E');
  await expect.poll(() => page.locator('.pane:visible').count()).toBe(2);
  await lesson.seeInTerminal('root@camp');
  await page.keyboard.press('Control+Shift+L');
  await page.locator('.skip-links a').first().focus();
  const crawl = async (key: string) => {
    const seen: string[] = [await zone(page)];
    for (let step = 0; step < 150; step++) {
      await page.keyboard.press(key);
      const here = await zone(page);
      if (here === 'page') break;
      if (here !== seen.at(-1)) seen.push(here);
      // Backwards, the first part is the end of the way; after it a browser begins anew.
      if (key === 'Shift+Tab' && here === 'skip') break;
    }
    return seen;
  };
  const forwards = await crawl('Tab');
  expect(forwards).toEqual([
    'skip',
    'header',
    'lesson',
    'split',
    'machine',
    'tabs',
    'new shell',
    'tools',
    'screen',
    'divider',
    'screen',
  ]);
  await page.locator('.screen').last().focus();
  expect((await crawl('Shift+Tab')).toReversed()).toEqual(forwards);

  // In by Enter, where Tab and Escape are the shell's; out by the chord, back to where one was.
  await page.locator('.snippet-run').first().focus();
  await page.keyboard.press('Control+Shift+L');
  expect(await zone(page)).toBe('inside');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  expect(await zone(page)).toBe('inside');
  await page.keyboard.press('Control+Shift+L');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('snippet-run');
  await page.locator('.screen').last().focus();
  await page.keyboard.press('Enter');
  expect(await zone(page)).toBe('inside');

  // The search and the text view hold nobody either.
  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.press('Escape');
  expect(await zone(page)).toBe('inside');
});

test('the switch for screen readers comes before the terminal; results are said aloud until that is turned off', async () => {
  const lesson = await fixture.lesson({ reducedMotion: 'reduce' });
  const { page } = lesson;
  const reader = page.getByRole('button', { name: 'Screen reader mode' });
  const isBefore = await reader.evaluate((one) => {
    const screen = document.querySelector('.screen');
    return (one.compareDocumentPosition(screen as Element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  expect(isBefore).toBe(true);
  await reader.focus();
  await page.keyboard.press('Enter');
  await page.locator('.pane.is-active .xterm-accessibility').waitFor({ state: 'attached' });
  await page.reload();
  await lesson.seeInTerminal('root@camp');
  expect(await reader.getAttribute('aria-pressed')).toBe('true');
  await page.locator('.pane.is-active .xterm-accessibility').waitFor({ state: 'attached' });

  const said = () => page.locator('[role="status"][aria-live="polite"]').allInnerTexts();
  await lesson.type('echo so it is');
  await expect.poll(async () => (await said()).join()).toMatch(/echo so it is ended well.*: so it is/);
  await page.getByRole('button', { name: 'All that the terminal can do' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Say results aloud' }).click();
  await lesson.type('echo si""lent');
  await lesson.seeInTerminal('silent');
  expect((await said()).join()).not.toContain('silent');
  expect(await page.locator('.xterm-cursor-blink').count()).toBe(0);
});

test.each(['light', 'dark'] as const)(
  '%s: nothing that axe objects to, with all of it open, also zoomed to twice the size',
  async (colorScheme) => {
    const lesson = await fixture.lesson({ colorScheme, reducedMotion: 'reduce' });
    const { page } = lesson;
    const objections = async (what: string) => {
      const { violations } = await new AxeBuilder({ page })
        .include('#terminal')
        .include('.menu, dialog')
        .analyze();
      return violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.html}`);
    };
    await lesson.type('false; docker images');
    await lesson.seeInTerminal('REPOSITORY');
    await page.keyboard.press('Control+Shift+E');
    await expect.poll(() => page.locator('.pane:visible').count()).toBe(2);
    await lesson.seeInTerminal('root@camp');
    await lesson.type('exit 2');
    await lesson.notice.getByRole('button', { name: 'New shell' }).waitFor();
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.type('camp');
    expect(await objections('split, ended, searched')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All that the terminal can do' }).click();
    expect(await objections('menu')).toEqual([]);
    await page.getByRole('menuitem', { name: 'Keys in the terminal' }).click();
    expect(await objections('keys')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Read the terminal as text' }).click();
    expect(await objections('text view')).toEqual([]);
    await page.keyboard.press('Escape');

    // 200 % of a window of 1440 by 900.
    await page.setViewportSize({ width: 720, height: 450 });
    await page.getByRole('button', { name: 'Terminal', exact: true }).click();
    await lesson.notice.getByRole('button', { name: 'New shell' }).click();
    await lesson.seeInTerminal('root@camp');
    const [scroll, client] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(scroll).toBeLessThanOrEqual(client ?? 0);
  },
);
