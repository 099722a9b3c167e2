import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { ContraryProxy, type Contrariness } from '../network/contrary-proxy.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A finger put on the terminal, drawn so far down, held, and lifted. */
async function swipe(page: Page, pixels: number): Promise<void> {
  const box = await page.locator('.pane.is-active .screen').boundingBox();
  if (!box) throw new Error('there is no terminal to be seen');
  const cdp = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove', y: number) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: box.x + 150, y }] });
  const from = box.y + box.height / 2 - pixels / 2;
  await touch('touchStart', from);
  for (let step = 1; step <= 8; step += 1) await touch('touchMove', from + (pixels * step) / 8);
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await cdp.detach();
}

test('on a phone: the missing keys, a line typed whole, and the prompt above the keyboard', async () => {
  const lesson = await fixture.sheet(phone);
  const { page } = lesson;
  const key = (name: string) =>
    page.getByRole('toolbar', { name: 'Terminal keys' }).getByRole('button', { name });

  // Ctrl holds for one key, and the terminal keeps the focus, or the keyboard would close.
  await lesson.type('sleep 600');
  await key('Control, for the next key').tap();
  expect(await key('Control, for the next key').getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.type('c');
  await lesson.seeInTerminal('^C');
  expect(await key('Control, for the next key').getAttribute('aria-pressed')).toBe('false');
  await page.keyboard.type('echo one tw');
  await key('Alt, for the next key').tap();
  await page.keyboard.type('b');
  await page.keyboard.type('X');
  await key('Up').tap();
  await key('Down').tap();
  await page.keyboard.type('\n');
  const [height, width] = await key('Escape').evaluate((one) => [one.clientHeight, one.clientWidth]);
  expect([height, width].every((size) => (size ?? 0) >= 43)).toBe(true);

  await key('Type a whole line').tap();
  const field = page.getByRole('textbox', { name: 'Line for the terminal' });
  expect(await field.getAttribute('autocorrect')).toBe('off');
  expect(await field.getAttribute('autocapitalize')).toBe('off');
  await field.fill('echo "composed $((20+3))"');
  await page.getByRole('button', { name: 'Send' }).tap();
  await lesson.seeInTerminal('composed 23');
  expect(await field.evaluate((one) => document.activeElement === one)).toBe(true);
  await key('Type a whole line').tap();

  // The keyboard opens: what is left is the terminal's, and its last row can be seen.
  await lesson.type('seq 60; echo at the en""d');
  await lesson.seeInTerminal('at the end');
  await page.setViewportSize({ width: 390, height: 420 });
  const prompt = lesson.screen.locator('div').filter({ hasText: 'root@camp' }).last();
  await expect
    .poll(async () => {
      const box = await prompt.boundingBox();
      return box !== null && box.y > 0 && box.y + box.height <= 420;
    })
    .toBe(true);
  expect(await page.locator('.panel-bar').isVisible()).toBe(false);
  expect(await key('Escape').isVisible()).toBe(true);
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(scroll).toBeLessThanOrEqual(client ?? 0);
});

test('a finger scrolls to what was printed before, and through a pager; the page behind stays', async () => {
  const lesson = await fixture.sheet(phone);
  const { page, screen } = lesson;
  const firstRow = async () => Number((await screen.locator('div').first().innerText()).trim());
  await lesson.type('clear; seq 300');
  await expect.poll(firstRow).toBeGreaterThan(200);
  const pageTop = await page.evaluate(() => scrollY);
  const bottom = await firstRow();

  for (let swipes = 0; swipes < 3; swipes += 1) await swipe(page, 120);
  await expect.poll(firstRow).toBeLessThan(bottom - 10);
  for (let swipes = 0; swipes < 6; swipes += 1) await swipe(page, -120);
  await expect.poll(firstRow).toBe(bottom);
  await lesson.seeInTerminal('root@camp');

  await lesson.type('clear; seq 500 | less');
  await expect.poll(firstRow).toBe(1);
  await swipe(page, -120);
  await expect.poll(firstRow).toBeGreaterThan(3);
  expect(await page.evaluate(() => scrollY)).toBe(pageTop);
});

test('a line sent while there is no connection stays in its field, and goes when there is one again', async () => {
  const network: Contrariness = {};
  const proxy = await new ContraryProxy(network).start();
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  proxy.targetPort = Number(new URL(fixture.course.url).port);
  const lesson = await fixture.sheet({ ...phone, proxy: { server: proxy.origin } });
  const { page } = lesson;
  await page.getByRole('button', { name: 'Type a whole line' }).tap();
  const field = page.getByRole('textbox', { name: 'Line for the terminal' });
  const send = page.getByRole('button', { name: 'Send' });

  network.refuses = true;
  proxy.cutAll();
  await lesson.notice.getByText('your shell goes on without you').waitFor();
  await field.fill('echo "kept $((20+3))"');
  await send.tap();
  expect(await field.inputValue()).toBe('echo "kept $((20+3))"');
  // Where the network is to be checked is within reach of a thumb.
  const link = await page.getByRole('link', { name: 'Check the network' }).boundingBox();
  expect(link && link.x + link.width).toBeLessThanOrEqual(390);

  network.refuses = false;
  await page.locator('.panel-status').getByText('Connected').waitFor();
  await send.tap();
  await lesson.seeInTerminal('kept 23');
  expect(await field.inputValue()).toBe('');
});
