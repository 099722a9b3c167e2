/** After a reload the screen is the one of before: every character, its look and its place. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screenshot } from './screenshot.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

/** Each row as the page draws it: pieces of text with their classes and colours, but for the cursor, which blinks. */
const drawn = (page: Page): Promise<string[][]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('#terminal .pane.is-active .xterm-rows > div')].map((row) =>
      [...row.querySelectorAll('span')].map((piece) => {
        const look = [...piece.classList].filter((name) => !name.startsWith('xterm-cursor')).toSorted();
        return `${piece.textContent} ${look.join('.')} ${piece.style.color} ${piece.style.backgroundColor}`;
      }),
    ),
  );

test('looks, emoji, wide characters, links and rows that go on are as they were', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  await lesson.type('clear; export PS1="> "');
  await lesson.type(
    String.raw`printf '\e[2mfaint\e[22;1mbold\e[m \e[4:3mcurly\e[m \e[31;44mcolours\e[m \e[9mstruck\e[m\n'`,
  );
  await lesson.type(String.raw`printf '\e]8;;https://a.example/\e\\a link\e]8;;\e\\\n'`);
  await lesson.type(String.raw`printf '😀%.0s' $(seq 100); printf '日本%.0s' $(seq 60); echo; echo do''ne`);
  await lesson.seeInTerminal('done');
  const before = await drawn(page);
  await screenshot(page, 'before-reload');

  await page.reload();
  await lesson.seeInTerminal('done');
  await expect.poll(() => drawn(page)).toEqual(before);
  await screenshot(page, 'after-reload');
  // The cursor, too, is where it was.
  await lesson.type('echo ag""ain');
  await lesson.seeInTerminal('> echo ag""ain');
  await lesson.seeInTerminal('again');
});

test('what was cleared does not come back with a reload, and the prompt is known as one', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  await lesson.type('seq -f "row %g" 200');
  await lesson.seeInTerminal('row 200');
  const rows = () =>
    page.evaluate(() => {
      const panel = document.querySelector<HTMLElement & { readText(): string }>('camp-terminal-panel');
      return panel?.readText() ?? '';
    });
  await page.keyboard.press('Control+Shift+K');
  await expect.poll(rows).not.toContain('row');
  // A command after it is marked as any other.
  await lesson.type('echo af""ter');
  await lesson.seeInTerminal('after');
  await expect.poll(() => page.locator('.command-mark[data-state="good"]').count()).toBe(1);

  await page.keyboard.press('Control+Shift+K');
  await expect.poll(rows).not.toContain('after');
  await page.reload();
  await lesson.seeInTerminal('root@camp');
  expect(await rows()).toMatch(/^root@camp\S*\s*#?\s*$/);
  // At the prompt, the tab is closed without a question.
  await page.getByRole('button', { name: 'New shell' }).click();
  await page.getByRole('button', { name: 'Close shell 1', includeHidden: true }).click();
  await expect.poll(() => page.locator('[role="tab"]').allInnerTexts()).toEqual(['shell 2']);
});
