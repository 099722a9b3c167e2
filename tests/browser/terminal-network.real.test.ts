/** Behind proxies that spoil what terminals rest on, as a browser is configured for one. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { ContraryProxy, type Contrariness } from '../network/contrary-proxy.ts';
import { screenshot } from './screenshot.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();

/** A learner whose browser reaches the course through such a proxy only. */
async function behind(contrariness: Contrariness, options: BrowserContextOptions = {}) {
  const proxy = await new ContraryProxy(contrariness).start();
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  proxy.targetPort = Number(new URL(fixture.course.url).port);
  const context = await fixture.learner({ proxy: { server: proxy.origin }, ...options });
  return { proxy, context };
}

const overflows = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test.each<[string, Contrariness, string]>([
  ['refuses WebSockets', { upgrade: 'refuse' }, 'stream'],
  ['gathers what it passes on', { upgrade: 'refuse', gathers: true }, 'poll'],
])(
  'behind a proxy that %s three shells work side by side, and the exercises tick',
  async (_name, how, wait) => {
    const { proxy, context } = await behind(how);
    const lesson = await fixture.open(context);
    const { page } = lesson;
    for (const number of [2, 3]) {
      await page.getByRole('button', { name: 'New shell', exact: true }).click();
      await expect.poll(() => page.locator('[role="tab"]').count()).toBe(number);
      await lesson.seeInTerminal('root@camp');
      await lesson.type(`clear; echo shell-${number}-$((40+2))`);
      await lesson.seeInTerminal(`shell-${number}-42`);
    }
    // One answer for all of them, or a third one would wait for a connection of the browser's.
    const last = proxy.requests.findLast((line) => line.includes(`wait=${wait}`) && line.includes('of='));
    expect(last?.match(/of=/g)).toHaveLength(3);
    await lesson.type('docker run hello-world');
    await lesson.seeCheck('two-of-one', 'image', 'pass');
    await lesson.type('docker run hello-world');
    await lesson.seeCheck('two-of-one', 'containers', 'pass');
    const way = page.locator('.panel-status').getByRole('link');
    expect(await way.innerText()).toBe(wait === 'stream' ? 'over a stream' : 'over short requests');
    expect(await way.getAttribute('href')).toBe('/network/');
    await screenshot(page, `network-${wait}`);
  },
);

/** What the doctor says first; how long a connection stays open it watches for a minute. */
const lines = async (page: Page): Promise<string[]> => {
  const line = page.locator('.network-line');
  await line.first().waitFor();
  return line.evaluateAll((all) => all.map((one) => `${one.dataset['id']}: ${one.dataset['grade']}`));
};

test.each<[string, Contrariness, string[]]>([
  ['passes everything', {}, ['verdict: good', 'request: good', 'socket: good', 'stream: good']],
  [
    'refuses WebSockets',
    { upgrade: 'refuse' },
    ['verdict: fair', 'request: good', 'socket: bad', 'stream: good'],
  ],
  [
    'gathers what it passes on',
    { upgrade: 'swallow', gathers: true },
    ['verdict: fair', 'request: good', 'socket: bad', 'stream: bad'],
  ],
  ['passes nothing', { refusesApi: true }, ['verdict: bad', 'request: bad']],
])('behind a proxy that %s the network doctor says so', async (name, how, expected) => {
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    const viewport = { width, height: 844 };
    const { context } = await behind(how, { viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${fixture.course.url}/network/`);
    // Requests may be slow on a busy computer.
    const found = (await lines(page)).map((line) => line.replace('request: fair', 'request: good'));
    expect(found.slice(0, expected.length)).toEqual(expected);
    expect(await overflows(page)).toBe(false);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await screenshot(page, `doctor-${name.replaceAll(' ', '-')}-${width}`);
    // By keyboard: the report, its two buttons.
    const report = page.getByRole('textbox', { name: 'The report as text' });
    expect(await report.inputValue()).toContain(`Network check for ${fixture.course.url}`);
    expect(await page.getByText('Send it to whoever runs your network').isVisible()).toBe(
      expected.some((line) => line.endsWith('bad')),
    );
    await report.focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('[aria-live="polite"]').getByText('Copied.').waitFor({ state: 'attached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect((await lines(page)).length).toBeGreaterThanOrEqual(expected.length);
  }
});
