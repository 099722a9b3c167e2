import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, test } from 'vitest';
import { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

/** A network between the page's terminals and the portal, to be cut. */
class CutNetwork {
  #isCut = false;
  readonly #open = new Set<WebSocketRoute>();

  /** How often a terminal has asked for a connection. */
  attempts = 0;

  async between(page: Page): Promise<void> {
    await page.routeWebSocket(/\/api\/terminals\//, (socket) => {
      this.attempts += 1;
      // As a proxy says that nothing is behind it; the page tries again.
      if (this.#isCut) return void socket.close({ code: 4503 });
      this.#open.add(socket);
      const portal = socket.connectToServer();
      portal.onClose((code) => void socket.close({ code: code ?? 1000 }));
    });
  }

  async cut(): Promise<void> {
    this.#isCut = true;
    for (const socket of this.#open) await socket.close({ code: 4408 });
    this.#open.clear();
  }

  mend(): void {
    this.#isCut = false;
  }
}

async function behind(network: CutNetwork): Promise<LessonPage> {
  const page = await (await fixture.learner()).newPage();
  page.setDefaultTimeout(20_000);
  await network.between(page);
  await page.goto(fixture.url);
  const lesson = new LessonPage(page);
  await lesson.seeInTerminal('root@camp');
  return lesson;
}

/** From now on the page tries nothing by itself later on: what brings a connection back is what the test does. */
async function stopLaterAttempts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const later = window.setTimeout.bind(window) as (task: () => void, ms: number) => number;
    window.setTimeout = ((task: () => void, ms = 0) => (ms < 200 ? later(task, ms) : 0)) as typeof setTimeout;
  });
}

test('after a short gap the rows that were looked at are still there; being online again is enough', async () => {
  const network = new CutNetwork();
  const lesson = await behind(network);
  const { page } = lesson;
  await lesson.type('clear; for row in $(seq 300); do echo "row $row of it"; done');
  await lesson.seeInTerminal('row 300 of it');
  await lesson.type('until [ -e go ]; do sleep 0.1; done; echo mean""while');
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('Shift+PageUp');
  await expect.poll(() => lesson.screen.innerText()).not.toContain('row 300 of it');
  const looked = await lesson.screen.innerText();
  expect(looked).toMatch(/row \d+ of it/);

  await stopLaterAttempts(page);
  await network.cut();
  const status = page.locator('.panel-status .lamp');
  await status.filter({ hasText: /Reconnecting|Trying again|Connecting/ }).waitFor();
  const [machine] = await fixture.course.client.list();
  await fixture.course.client.exec(machine!.id, { argv: ['touch', '/root/go'] });
  network.mend();
  const { attempts } = network;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await status.filter({ hasText: 'Connected' }).waitFor();
  expect(network.attempts).toBe(attempts + 1);
  // What came meanwhile is in the scrollback below, and moved nothing.
  expect(await lesson.screen.innerText()).toBe(looked);
  await page.keyboard.press('Shift+End');
  await lesson.seeInTerminal('meanwhile');
});

test('the terminal follows the page from light to dark while it is open', async () => {
  const lesson = await fixture.lesson({ colorScheme: 'light' });
  const { page } = lesson;
  await lesson.type('clear; echo lit-$((6*7))');
  await lesson.seeInTerminal('lit-42');
  const ink = () => lesson.screen.evaluate((rows) => getComputedStyle(rows).color);
  const light = await ink();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ink).not.toBe(light);
  const dark = await ink();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(ink).toBe(light);
  expect(dark).not.toBe(light);
  await lesson.seeInTerminal('lit-42');
});
