import { expect, test } from 'vitest';
import { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

test('on a phone: the missing keys, a line typed whole, and the prompt above the keyboard', async () => {
  const context = await fixture.learner({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const lesson = new LessonPage(await context.newPage());
  const { page } = lesson;
  page.setDefaultTimeout(20_000);
  await page.goto(fixture.url);
  await page.getByRole('button', { name: 'Terminal', exact: true }).tap();
  await lesson.seeInTerminal('root@camp');
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
