/** What two windows of one learner know of each other's tabs. */
import { expect, test } from 'vitest';
import type { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

const tabsOf = ({ page }: LessonPage) => page.locator('[role="tab"]').allInnerTexts();

test('a tab that one window opens, names or closes is so in the other, which goes on as it was', async () => {
  const first = await fixture.lesson();
  const second = await fixture.open(await fixture.device(first.page.context()));
  const both = async (tabs: string[]) => {
    await expect.poll(() => tabsOf(first)).toEqual(tabs);
    await expect.poll(() => tabsOf(second)).toEqual(tabs);
  };
  await both(['shell 1']);

  await first.page.getByRole('button', { name: 'New shell' }).click();
  await both(['shell 1', 'shell 2']);
  expect(await second.tab.innerText()).toBe('shell 1');

  await first.seeInTerminal('root@camp');
  await first.tab.dblclick();
  await first.page.keyboard.type('server');
  await first.page.keyboard.press('Enter');
  await both(['shell 1', 'server']);

  // What was made here is used there, and closed from there.
  await second.page.getByRole('tab', { name: 'server' }).click();
  await second.notice.getByText('here you watch').waitFor();
  await first.page.getByRole('tab', { name: 'shell 1' }).click();
  await first.page.getByRole('button', { name: 'Close server', includeHidden: true }).click();
  await both(['shell 1']);
  await second.seeInTerminal('root@camp');

  // The last one too: both have the same new one, and but one.
  await second.page.locator('.tab-close').click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Close the shell' }).click();
  await expect.poll(() => tabsOf(first)).toHaveLength(1);
  await second.page.waitForTimeout(1_000);
  expect([await tabsOf(first), await tabsOf(second)].map(({ length }) => length)).toEqual([1, 1]);
  await second.seeInTerminal('root@camp');
  const { terminals } = (await (
    await first.page.request.get(`${fixture.course.url}/api/terminals`)
  ).json()) as {
    terminals: unknown[];
  };
  expect(terminals).toHaveLength(1);
});

test('a tab in which a command runs, or another window is at work, is closed when that was asked', async () => {
  const first = await fixture.lesson();
  const { page } = first;
  const dialog = page.getByRole('dialog');
  await first.type('sleep 1000');
  await expect.poll(() => page.locator('.command-mark[data-state="running"]').count()).toBe(1);

  // By keyboard alone: Escape is no, and gives the tab the focus back.
  await first.tab.focus();
  await page.keyboard.press('Delete');
  await dialog.getByText('“sleep 1000” still runs here').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await first.tab.evaluate((tab) => tab === document.activeElement)).toBe(true);
  expect(await tabsOf(first)).toEqual(['shell 1']);

  // A tab that this page has not looked at since it was loaded is looked at first.
  await page.getByRole('button', { name: 'New shell' }).click();
  await first.seeInTerminal('root@camp');
  await page.reload();
  await first.seeInTerminal('root@camp');
  expect(await first.tab.innerText()).toBe('shell 2');
  await page.getByRole('button', { name: 'Close shell 1', includeHidden: true }).click();
  await dialog.getByText('“sleep 1000” still runs here').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => tabsOf(first)).toEqual(['shell 2']);

  // Where somebody is at work elsewhere, it is asked; where that is here, at a bare prompt, it is not.
  const second = await fixture.open(await fixture.device(page.context()));
  await second.notice.getByText('here you watch').waitFor();
  await second.tab.focus();
  await second.page.keyboard.press('Delete');
  await second.page.getByRole('dialog').getByText('used in another window of yours').waitFor();
  await second.page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New shell' }).click();
  await first.seeInTerminal('root@camp');
  await first.tab.focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => tabsOf(first)).toEqual(['shell 2']);
  expect(await dialog.count()).toBe(0);
});
