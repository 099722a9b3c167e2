import { expect, test, vi } from 'vitest';
import type { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

const clipboard = (lesson: LessonPage) => lesson.page.evaluate(() => navigator.clipboard.readText());
const marks = (lesson: LessonPage) =>
  lesson.page
    .locator('.pane.is-active .command-mark:visible')
    .evaluateAll((all) => all.map((mark) => (mark as HTMLElement).dataset['state']));

async function withClipboard(): Promise<LessonPage> {
  return fixture.lesson({ permissions: ['clipboard-read', 'clipboard-write'] });
}

test('each command has a mark with its result; outputs are copied and read as text; a reload keeps it all', async () => {
  const lesson = await withClipboard();
  const { page } = lesson;
  await lesson.type('echo one; echo two');
  await lesson.type('nosuchprogram');
  await lesson.seeInTerminal('not found');
  await lesson.type('sleep 600');
  await expect.poll(() => marks(lesson)).toEqual(['good', 'bad', 'running']);
  await page.keyboard.press('Control+c');
  await expect.poll(() => marks(lesson)).toEqual(['good', 'bad', 'bad']);
  const titles = () =>
    page.locator('.command-mark').evaluateAll((all) => all.map((one) => (one as HTMLElement).title));
  expect((await titles())[1]).toMatch(
    /^nosuchprogram\nfailed with exit code 127 \(command not found\) after/,
  );
  expect((await titles())[2]).toContain('ended by Ctrl+C');

  // The last output by chord, any other by its mark.
  await lesson.type('printf "a\\nb\\n"');
  await expect.poll(() => marks(lesson)).toHaveLength(4);
  await page.keyboard.press('Control+Shift+Y');
  await expect.poll(() => clipboard(lesson)).toBe('a\nb');
  await page.locator('.command-mark').first().click();
  await page.getByRole('menuitem', { name: 'Copy its output' }).click();
  await expect.poll(() => clipboard(lesson)).toBe('one\ntwo');

  // What was said aloud.
  await page
    .locator('[aria-live="polite"]')
    .getByText('nosuchprogram failed with exit code 127')
    .waitFor({ state: 'attached' });

  await page.reload();
  await lesson.seeInTerminal('not found');
  await expect.poll(() => marks(lesson)).toEqual(['good', 'bad', 'bad', 'good']);
  expect((await titles())[1]).toContain('exit code 127');

  // As an ordinary document: a heading for each command, before the terminal in the page.
  await page.getByRole('button', { name: 'Read the terminal as text' }).click();
  const view = page.getByRole('region', { name: 'The terminal as text' });
  expect(await view.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
    'echo one; echo two',
    'nosuchprogram',
    'sleep 600',
    'printf "a\\nb\\n"',
  ]);
  expect(await view.locator('article').first().locator('pre').innerText()).toBe('one\ntwo');
  expect(await view.locator('article').nth(1).innerText()).toContain('It failed with exit code 127');
  const asText = page.getByRole('button', { name: 'Read the terminal as text' });
  expect(await asText.getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('Escape');
  await expect.poll(() => view.isVisible()).toBe(false);
  expect(await asText.getAttribute('aria-pressed')).toBe('false');

  // Also where a full-screen program hid them at the reload.
  await lesson.type('seq 500 | less');
  await page.locator('.pane.is-active .xterm-rows > div').first().getByText('1', { exact: true }).waitFor();
  await page.reload();
  await page.locator('.pane.is-active .xterm-rows > div').first().getByText('1', { exact: true }).waitFor();
  await lesson.type('q');
  await lesson.seeInTerminal('nosuchprogram');
  await expect.poll(() => marks(lesson)).toEqual(['good', 'bad', 'bad', 'good', 'good']);
});

test('jumping between commands, searching, sizing and clearing', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  await lesson.type('echo fir""st; seq -f "line %g of many" 100');
  await lesson.type('seq -f "row %g" 100; echo la""st');
  await lesson.seeInTerminal('last');
  await page.keyboard.press('Control+Shift+ArrowUp');
  await lesson.seeInTerminal('row 1');
  await page.keyboard.press('Control+Shift+ArrowUp');
  await lesson.seeInTerminal('first');
  await page.keyboard.press('Control+Shift+ArrowDown');
  await page.keyboard.press('Control+Shift+ArrowDown');
  await lesson.seeInTerminal('last');

  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('LINE 7');
  const count = () => page.locator('.search-count').innerText();
  // line 7 and 70 to 79, wherever they are in the scrollback.
  await expect.poll(count).toBe('11 of 11');
  await page.keyboard.press('Enter');
  await expect.poll(count).toBe('10 of 11');
  await lesson.seeInTerminal('line 78 of many');
  // A click undoes the selection, not the place where the search is.
  await page.locator('.pane.is-active .xterm-screen').click();
  await page.locator('.search-field').focus();
  await page.keyboard.press('Shift+Enter');
  await expect.poll(count).toBe('11 of 11');
  await page.getByRole('button', { name: 'Upper and lower case differ' }).click();
  await expect.poll(count).toBe('No match');
  await page.locator('.search-field').focus();
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('xterm-helper-textarea');

  // Larger text means fewer columns, here and after a reload.
  const columns = async () => {
    await lesson.type('clear; echo "$((++n)) is $(tput cols) wide"');
    await lesson.screen.filter({ hasText: /\d+ is \d+ wide/ }).waitFor();
    return Number(/is (\d+) wide/.exec(await lesson.screen.innerText())?.[1]);
  };
  const usual = await columns();
  expect(usual).toBeGreaterThanOrEqual(94);
  // The rows fill the pane.
  const [screen, host] = await page
    .locator('.pane.is-active')
    .evaluate((pane) =>
      ['.xterm-screen', '.screen'].map((one) => pane.querySelector(one)?.clientHeight ?? 0),
    );
  expect(screen).toBeGreaterThan((host ?? 0) - 40);
  for (let step = 0; step < 6; step++) await page.keyboard.press('Control++');
  await expect.poll(columns).toBeLessThan(usual - 20);
  await page.reload();
  await lesson.seeInTerminal('wide');
  await expect.poll(columns).toBeLessThan(usual - 20);
  await page.keyboard.press('Control+0');
  await expect.poll(columns).toBe(usual);

  await lesson.type('echo to-be-""cleared');
  await lesson.seeInTerminal('to-be-cleared');
  await page.keyboard.press('Control+Shift+K');
  await expect.poll(() => lesson.screen.innerText()).not.toContain('to-be-cleared');
  await lesson.seeInTerminal('root@camp');
});

test('what a program wants of the page is asked for: the clipboard, a link, a bell', async () => {
  const lesson = await withClipboard();
  const { page } = lesson;
  await page.evaluate(() => navigator.clipboard.writeText('secret of mine'));
  // A question for the clipboard is not even heard.
  await lesson.type('clear; printf "\\033]52;c;?\\007"; echo as""ked');
  await lesson.seeInTerminal('asked');
  expect(await lesson.notice.isVisible()).toBe(false);
  await lesson.type('clear; printf "\\033]52;c;%s\\007" "$(printf "from the machine" | base64)"');
  await lesson.notice.getByText('16 characters on your clipboard: “from the machine”').waitFor();
  expect(await clipboard(lesson)).toBe('secret of mine');
  await lesson.notice.getByRole('button', { name: 'Copy it' }).click();
  await expect.poll(() => clipboard(lesson)).toBe('from the machine');
  expect(await lesson.notice.isVisible()).toBe(false);

  // The text of a link says one thing, where it leads is shown before it opens.
  await lesson.type(
    'clear; printf "\\033]8;;https://evil.example/login\\033\\\\https://good.example\\033]8;;\\033\\\\\\n"',
  );
  await lesson.seeInTerminal('https://good.example');
  // Rows are drawn anew while the prompt is written: what was found may be gone when it is asked where it is.
  const box = await vi.waitFor(
    async () => {
      const found = await lesson.screen.getByText('https://good.example').first().boundingBox();
      if (!found) throw new Error('the link is not on the screen');
      return found;
    },
    { timeout: 5_000 },
  );
  await page.mouse.move(box.x + 30, box.y + box.height / 2);
  await page.mouse.click(box.x + 40, box.y + box.height / 2);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('https://evil.example/login').waitFor();
  await page.keyboard.press('Escape');

  await lesson.type('clear; printf "\\007"; echo ru""ng');
  await page.locator('.pane[data-bell]').waitFor();
});

test('pastes are cleaned, and several lines are asked about where each would run', async () => {
  const lesson = await withClipboard();
  const { page } = lesson;
  const paste = async (text: string) => {
    await page.evaluate((what) => navigator.clipboard.writeText(what), text);
    await page.locator('.pane.is-active .xterm-helper-textarea').focus();
    await page.keyboard.press('Control+v');
  };
  // The end of a bracketed paste within it would run what follows.
  await paste('echo harm""less\u001b[201~; touch /root/harm\n');
  await lesson.seeInTerminal('echo harm""less[201~; touch /root/harm');
  await page.keyboard.press('Control+c');
  await lesson.type('clear; ls /root/harm 2>&1 | tail -c 30; echo pass""word; cat');
  await lesson.seeInTerminal('password');
  await lesson.seeInTerminal('No such file');
  await paste('first\nsecond\n');
  const dialog = page.getByRole('dialog', { name: 'Paste several lines?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await paste('third\nfourth\n');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await lesson.seeInTerminal('fourth');
  expect(await lesson.screen.innerText()).not.toContain('first');
});

test('Run goes to a prompt only: elsewhere it says so, waits if asked, or types without Enter', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  const snippet = page.locator('camp-snippet[data-code="docker run hello-world"]').first();
  const why = page.locator('.snippet-why:visible');
  await lesson.type('read -p "your na""me: " name');
  await lesson.seeInTerminal('your name:');
  await snippet.getByRole('button', { name: 'Run' }).click();
  await why.getByText('not at a prompt').waitFor();
  await why.getByRole('button', { name: 'Run it when the prompt is back' }).click();
  await why.getByText('It will be typed').waitFor();
  await lesson.type('Ada');
  await lesson.seeInTerminal('container just ran');

  await lesson.type('clear');
  await lesson.type('cat');
  await expect.poll(() => marks(lesson)).toEqual(['running']);
  await snippet.getByRole('button', { name: 'Run' }).click();
  await why.getByRole('button', { name: 'Type it without Enter' }).click();
  await lesson.seeInTerminal('docker run hello-world');
  expect(await lesson.screen.innerText()).not.toContain('container just ran');

  // Several lines would run at once in a program that takes them as they come: it is asked first.
  await page.locator('.pane.is-active .xterm-helper-textarea').focus();
  await page.keyboard.press('Control+c');
  await lesson.type('clear');
  await lesson.type('cat');
  await expect.poll(() => marks(lesson)).toEqual(['running']);
  await snippet.getByRole('button', { name: 'Run' }).click();
  await snippet.evaluate((one) => one.setAttribute('data-code', 'echo one\necho two'));
  await why.getByRole('button', { name: 'Type it without Enter' }).click();
  await page.getByRole('dialog').getByText('Paste several lines?').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
});
