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
