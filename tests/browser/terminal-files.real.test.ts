import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

async function pick(lesson: LessonPage, item: string): Promise<void> {
  await lesson.page.getByRole('button', { name: 'All that the terminal can do' }).click();
  await lesson.page.getByRole('menuitem', { name: item }).click();
}

async function put(lesson: LessonPage, file: { name: string; buffer: Buffer }): Promise<void> {
  const chosen = lesson.page.waitForEvent('filechooser');
  await pick(lesson, 'Put files into the machine');
  await (await chosen).setFiles([{ ...file, mimeType: 'application/octet-stream' }]);
}

/** Asks until the machine shows it: a word about an earlier file may still stand when the next is on its way. */
async function seeWith(lesson: LessonPage, command: string, text: string): Promise<void> {
  const shown = async () => {
    await lesson.type(`clear; ${command}; echo "$((++n)) asked"`);
    await lesson.screen.filter({ hasText: /\d+ asked/ }).waitFor();
    return lesson.screen.innerText();
  };
  await expect.poll(shown, { timeout: 20_000, interval: 500 }).toContain(text);
}

test('files go into the working directory and come out of it, whole, and what fails is said in words', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  const transfers = page.getByRole('list', { name: 'Files on their way' });
  await lesson.type('mkdir -p "/srv/my files" && cd "/srv/my files"; clear; pwd');
  // The prompt, not the line as it was typed: from here on the page knows the directory.
  await lesson.seeInTerminal('root@camp:/srv/my files#');

  await put(lesson, { name: 'grüße 1.txt', buffer: Buffer.from('hello from outside\n') });
  await transfers.getByText('is in the machine: /srv/my files/grüße 1.txt').waitFor();
  await seeWith(lesson, 'cat grüße*', 'hello from outside');

  // The same name again: only with consent.
  await put(lesson, { name: 'grüße 1.txt', buffer: Buffer.from('another text\n') });
  await transfers.getByRole('button', { name: 'Replace it' }).click();
  await expect.poll(() => transfers.getByText('is in the machine').count()).toBeGreaterThan(0);
  await seeWith(lesson, 'cat grüße*', 'another text');

  // Dropped on the terminal; where it would go is shown while it is held over it.
  await page.locator('.pane.is-active').evaluate((pane) => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped text'], 'dropped.txt'));
    const event = (type: string) =>
      new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
    pane.dispatchEvent(event('dragenter'));
    if (!(pane as HTMLElement).dataset['drop']?.includes('/srv/my files'))
      throw new Error('no place is shown');
    pane.dispatchEvent(event('drop'));
  });
  await transfers.getByText('dropped.txt is in the machine').waitFor();
  await seeWith(lesson, 'cat dropped.txt', 'dropped text');

  // Out of it, by a path from the working directory on.
  const saved = page.waitForEvent('download');
  await pick(lesson, 'Get a file out of the machine');
  const dialog = page.getByRole('dialog', { name: 'Get a file out of the machine' });
  await dialog.getByText('/srv/my files').waitFor();
  await page.keyboard.type('dropped.txt');
  await page.keyboard.press('Enter');
  const download = await saved;
  expect(download.suggestedFilename()).toBe('dropped.txt');
  expect(readFileSync(await download.path(), 'utf8')).toBe('dropped text');

  await pick(lesson, 'Get a file out of the machine');
  await page.keyboard.type('/no/such/file');
  await page.keyboard.press('Enter');
  await transfers.getByText('There is no such file').waitFor();

  // Slowly, and called off: nothing of it is left.
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 500_000,
  });
  await put(lesson, { name: 'large.bin', buffer: Buffer.alloc(20_000_000) });
  await transfers.getByText(/large\.bin into the machine: .* of 20 MB/).waitFor();
  await transfers.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => transfers.getByText('large.bin').count()).toBe(0);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  const left = async () => {
    await lesson.type('clear; echo "$((++n)) left $(ls -A | wc -l) there"');
    await lesson.screen.filter({ hasText: /left \d+ there/ }).waitFor();
    return /left (\d+) there/.exec(await lesson.screen.innerText())?.[1];
  };
  await expect.poll(left, { timeout: 20_000 }).toBe('2');
});
