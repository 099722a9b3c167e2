import { expect, test } from 'vitest';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

const tabsOf = (lesson: Awaited<ReturnType<typeof fixture.lesson>>) =>
  lesson.page.locator('[role="tab"]').allInnerTexts();

test('tabs are opened, named, moved, shown side by side, and are as they were after a reload', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  await lesson.type('clear; echo one-$((40+2))');
  await lesson.seeInTerminal('one-42');

  // By double click; Escape leaves it as it was.
  await lesson.tab.dblclick();
  await page.keyboard.type('build 🐳');
  await page.keyboard.press('Enter');
  await expect.poll(() => tabsOf(lesson)).toEqual(['build 🐳']);
  await page.keyboard.press('F2');
  await page.keyboard.type('nonsense');
  await page.keyboard.press('Escape');
  expect(await tabsOf(lesson)).toEqual(['build 🐳']);

  // Side by side, the new one in front, each as wide as its half.
  await page.locator('.pane.is-active .xterm-helper-textarea').focus();
  await page.keyboard.press('Control+Shift+E');
  await lesson.seeInTerminal('root@camp');
  // Asked for anew each time: a size is sent when it has been kept for a moment.
  const columns = async () => {
    await lesson.type('clear; echo "$((++n)) is $(tput cols) wide"');
    await lesson.screen.filter({ hasText: /\d+ is \d+ wide/ }).waitFor();
    return Number(/is (\d+) wide/.exec(await lesson.screen.innerText())?.[1]);
  };
  const half = await columns();
  expect(half).toBeLessThan(60);
  await expect.poll(() => page.locator('.pane:visible').count()).toBe(2);
  // Each tab says which panel is its own.
  for (const tab of await page.getByRole('tab').all())
    expect(await page.locator(`#${await tab.getAttribute('aria-controls')}[role="tabpanel"]`).count()).toBe(
      1,
    );

  // The divider by keyboard: the size of the terminal follows.
  await page.locator('.pane-divider').focus();
  await page.keyboard.press('Home');
  await expect.poll(columns).toBeGreaterThan(half + 8);

  // A third in its place; the tabs in another order.
  await page.keyboard.press('Control+Shift+Enter');
  await expect.poll(() => tabsOf(lesson)).toEqual(['build 🐳', 'shell 2', 'shell 3']);
  await lesson.seeInTerminal('root@camp');
  await lesson.tab.focus();
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect.poll(() => tabsOf(lesson)).toEqual(['build 🐳', 'shell 3', 'shell 2']);

  await page.reload();
  await lesson.seeInTerminal('root@camp');
  expect(await tabsOf(lesson)).toEqual(['build 🐳', 'shell 3', 'shell 2']);
  expect(await lesson.tab.innerText()).toBe('shell 3');
  await page.locator('.pane[data-side="left"] .xterm-rows').filter({ hasText: 'one-42' }).waitFor();
  expect(await page.locator('.pane-divider').getAttribute('aria-valuenow')).toBe('20');

  // Another device sees the names.
  const other = await fixture.open(await fixture.device(page.context()));
  expect(await tabsOf(other)).toContain('build 🐳');
  await other.page.close();

  // From the menu: closed, and one again.
  await lesson.tab.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Close' }).click();
  await expect.poll(() => tabsOf(lesson)).toEqual(['build 🐳', 'shell 2']);
  await expect.poll(() => page.locator('.pane:visible').count()).toBe(1);

  // A shell that ended is followed by one in its place, under its name, also after a reload.
  await page.getByRole('tab', { name: 'build 🐳' }).click();
  await lesson.type('exit');
  await lesson.notice.getByRole('button', { name: 'New shell' }).click();
  await lesson.seeInTerminal('root@camp');
  await expect.poll(() => tabsOf(lesson)).toEqual(['build 🐳', 'shell 2']);
  await page.reload();
  await lesson.seeInTerminal('root@camp');
  expect(await tabsOf(lesson)).toEqual(['build 🐳', 'shell 2']);
});

test('who watches in a smaller window sees where is written, and may look elsewhere', async () => {
  const first = await fixture.lesson();
  await first.type('clear; seq 60');
  await first.seeInTerminal('60');
  const second = await fixture.open(
    await fixture.device(first.page.context(), { viewport: { width: 1100, height: 480 } }),
  );
  await second.notice.getByText('here you watch').waitFor();
  const host = second.page.locator('.pane.is-active .screen-host');
  const room = await host.evaluate((one) => one.scrollHeight - one.clientHeight);
  expect(room).toBeGreaterThan(100);
  const isSeen = (text: string) =>
    host.evaluate((one, wanted) => {
      const row = [...one.querySelectorAll('.xterm-rows > div')].findLast(
        (div) => div.textContent === wanted,
      );
      const [box, frame] = [row?.getBoundingClientRect(), one.getBoundingClientRect()];
      return box !== undefined && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
    }, text);
  await expect.poll(() => isSeen('60')).toBe(true);

  await host.evaluate((one) => (one.scrollTop = 0));
  await first.type('echo wri""tten');
  await second.seeInTerminal('written');
  expect(await isSeen('written')).toBe(false);
  await host.evaluate((one) => (one.scrollTop = one.scrollHeight));
  await first.type('clear; echo to""pmost');
  await expect.poll(() => isSeen('topmost')).toBe(true);
});

test('the same terminal on a second device: it watches at the first one’s size, and takes over with one click', async () => {
  const first = await fixture.lesson();
  await first.type('clear; echo wide-$((1+1))');
  await first.seeInTerminal('wide-2');
  const second = await fixture.open(
    await fixture.device(first.page.context(), { viewport: { width: 1100, height: 700 } }),
  );
  await second.notice.getByText('here you watch').waitFor();
  await second.seeInTerminal('wide-2');
  // What the watcher types goes nowhere, and what the other types is seen.
  await second.type('touch by-watcher');
  await first.type('ls by-watcher; echo cols=$(tput cols)');
  await second.seeInTerminal('No such file');
  const columns = async (lesson: typeof first) => /cols=(\d+)/.exec(await lesson.screen.innerText())?.[1];
  await expect.poll(() => columns(second)).toBeDefined();
  expect(await columns(second)).toBe(await columns(first));

  await second.notice.getByRole('button', { name: 'Use it here' }).click();
  await first.notice.getByText('here you watch').waitFor();
  await second.type('clear; echo now=$(tput cols)');
  await second.seeInTerminal('now=');
  await first.seeInTerminal('now=');
  await expect.poll(() => second.notice.isVisible()).toBe(false);

  // A reload keeps the seat; who watches is told when the other is gone.
  await second.page.reload();
  await second.seeInTerminal('now=');
  await second.type('clear; echo back-$((3*3))');
  await second.seeInTerminal('back-9');
  await second.page.close();
  await first.notice.getByText('is gone').waitFor();
  await first.notice.getByRole('button', { name: 'Use it here' }).click();
  await first.type('clear; echo mine-$((5*5))');
  await first.seeInTerminal('mine-25');
});
