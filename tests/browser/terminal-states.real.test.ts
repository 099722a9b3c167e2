import { expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';
import { screenshot } from './screenshot.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

test('ended, gone, dropped: each said in the frame with its one button, and never in the buffer', async () => {
  const lesson = await fixture.lesson();
  const { page, notice } = lesson;
  const buttons = () => notice.getByRole('button').allInnerTexts();
  const status = page.locator('.panel-status .lamp');
  await lesson.type('echo before-$((6*7))');
  await lesson.seeInTerminal('before-42');
  const before = await lesson.screen.innerText();

  // Dropped: the network goes, and comes back.
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  const { terminals } = (await (
    await page.context().request.get(`${fixture.course.url}/api/terminals`)
  ).json()) as {
    terminals: { id: string }[];
  };
  expect(terminals).toHaveLength(1);
  await fixture.course.kill('portal');
  await notice.getByText('your shell goes on without you').waitFor();
  expect(await buttons()).toEqual(['Try now']);
  await status.filter({ hasText: /Reconnecting|Trying again|Connecting/ }).waitFor();
  expect(await lesson.screen.innerText()).toBe(before);
  await page.context().setOffline(false);
  // A key is enough.
  await page.locator('.pane.is-active .xterm-helper-textarea').focus();
  await page.keyboard.press('Shift');
  await status.filter({ hasText: 'Connected' }).waitFor();
  await expect.poll(() => notice.isVisible()).toBe(false);
  await lesson.type('echo after-$((6*8))');
  await lesson.seeInTerminal('after-48');
  await page
    .locator('.latency')
    .filter({ hasText: /\d+ ms/ })
    .waitFor();

  // Ended by the learner.
  await lesson.type('exit 3');
  await notice.getByText('Shell ended with exit code 3').waitFor();
  expect(await buttons()).toEqual(['New shell']);
  // Nothing runs there any more.
  await page.locator('.command-mark').last().and(page.locator('[data-state="good"]')).waitFor();
  await notice.getByRole('button').click();
  await lesson.seeInTerminal('root@camp');
  expect(await page.locator('[role="tab"]').count()).toBe(1);

  // Gone: closed from elsewhere.
  const list = (await (await page.context().request.get(`${fixture.course.url}/api/terminals`)).json()) as {
    terminals: { id: string }[];
  };
  await page.context().request.delete(`${fixture.course.url}/api/terminals/${list.terminals[0]?.id}`, {
    headers: { origin: fixture.course.url },
  });
  await notice.getByText('This shell has ended').waitFor();
  expect(await buttons()).toEqual(['New shell']);
});

test('taken over, and its time over: each said in the frame with its one button', async () => {
  const lesson = await fixture.lesson();
  const { page, notice } = lesson;
  await lesson.type('clear; echo still-$((6*7))');
  await lesson.seeInTerminal('still-42');
  // The same page has come twice, as after a cut that only one side has noticed: the older connection gives way.
  await page.evaluate(async () => {
    dispatchEvent(new Event('pagehide'));
    const { terminals } = (await (await fetch('/api/terminals')).json()) as { terminals: { id: string }[] };
    const url = `${location.origin.replace('http', 'ws')}/api/terminals/${terminals[0]?.id}`;
    const socket = new WebSocket(url, 'chrootcamp.terminal.v1');
    socket.onopen = () =>
      socket.send(
        JSON.stringify({
          type: 'attach',
          cols: 80,
          rows: 24,
          viewer: sessionStorage.getItem('camp:viewer'),
          as: 'writer',
        }),
      );
  });
  await notice.getByText('open in another window').waitFor();
  expect(await notice.getByRole('button').allInnerTexts()).toEqual(['Use it here']);
  expect(await lesson.screen.innerText()).not.toContain('another window');
  await screenshot(page, 'taken-over');
  await notice.getByRole('button').click();
  await expect.poll(() => notice.isVisible()).toBe(false);
  await lesson.type('echo mine-$((7*7))');
  await lesson.seeInTerminal('mine-49');

  const other = new LessonPage(await page.context().newPage());
  await other.page.routeWebSocket(/\/api\/terminals\//, (socket) => void socket.close({ code: 4410 }));
  await other.page.goto(fixture.url);
  await other.notice.getByText('The time of this terminal is over').waitFor();
  expect(await other.notice.getByRole('button').allInnerTexts()).toEqual(['Start a machine']);
  await screenshot(other.page, 'expired');
});

test('a duplicate of the page is told apart from the page that comes back', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  await lesson.type('clear; echo he""re');
  await lesson.seeInTerminal('here');
  // The same browser, another tab: a copy of its session storage, as "duplicate tab" makes one.
  const copied = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const twin = await page.context().newPage();
  await twin.addInitScript((stored) => {
    for (const [key, value] of Object.entries(JSON.parse(stored) as Record<string, string>))
      sessionStorage.setItem(key, value);
  }, copied);
  await twin.goto(fixture.url);
  await twin.locator('.pane.is-active .panel-notice').getByText('here you watch').waitFor();
  expect(await lesson.notice.isVisible()).toBe(false);
  await lesson.type('echo still-""mine');
  await lesson.seeInTerminal('still-mine');
});

test('four terminals with full scrollbacks stay within bounds of memory', async () => {
  const lesson = await fixture.lesson();
  const { page } = lesson;
  for (let count = 0; count < 3; count++) {
    await page.keyboard.press('Control+Shift+L');
    await page.locator('.pane.is-active .xterm-helper-textarea').focus();
    await page.keyboard.press('Control+Shift+Enter');
    await expect.poll(() => page.locator('[role="tab"]').count()).toBe(count + 2);
    await lesson.seeInTerminal('root@camp');
    await lesson.type('clear; seq 20000; echo fi""lled');
    await lesson.seeInTerminal('filled');
  }
  // Four terminals with full scrollbacks: bounded, since each keeps 5,000 rows.
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  expect(usedSize).toBeLessThan(80 * 1024 * 1024);
});

test('a lost drawing context leaves no blank terminal: the text is drawn into the page instead', async () => {
  const browser = await launchChromium({ graphics: true });
  try {
    const page = await browser.newPage();
    await page.goto(fixture.url);
    const canvas = page.locator('.pane.is-active .xterm-screen canvas').first();
    await canvas.waitFor({ state: 'attached', timeout: 20_000 });
    await page.evaluate(() => {
      for (const one of document.querySelectorAll<HTMLCanvasElement>('.xterm-screen canvas'))
        one.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    });
    // The emulator first waits whether the context comes back by itself.
    await page
      .locator('.pane.is-active .xterm-rows')
      .filter({ hasText: 'root@camp' })
      .waitFor({ timeout: 20_000 });
  } finally {
    await browser.close();
  }
});
