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
