/** A network that swallows everything and closes nothing: both sides have to find out by themselves. */
import { expect, onTestFinished, test } from 'vitest';
import { ContraryProxy } from '../network/contrary-proxy.ts';
import { SilentNetwork } from '../network/silent-network.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();
/** Three heartbeats of 15 s, of either side; and what a busy computer adds. */
const noticed = { timeout: 100_000, interval: 500 };

interface Network {
  lesson: LessonPage;
  silence: () => void;
  hear: () => void;
}

const coursePort = () => Number(new URL(fixture.course.url).port);

/** A relay on the way that stops passing anything on. */
async function frozenProxy(): Promise<Network> {
  const proxy = await new ContraryProxy({}).start();
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  proxy.targetPort = coursePort();
  const lesson = await fixture.open(await fixture.learner({ proxy: { server: proxy.origin } }));
  return { lesson, silence: () => proxy.freeze(), hear: () => proxy.thaw() };
}

/** The browser's own packets vanish. */
async function lostPackets(): Promise<Network> {
  const network = await SilentNetwork.start(coursePort());
  onTestFinished(() => network[Symbol.asyncDispose]());
  const browser = await launchChromium({ executablePath: network.wrap(chromiumPath) });
  onTestFinished(() => browser.close());
  const lesson = await LessonPage.open(await browser.newContext(), fixture.url);
  return { lesson, silence: () => network.silence(), hear: () => network.hear() };
}

test('a half-open connection is noticed by both sides, and nothing is lost or doubled by it', async () => {
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${fixture.course.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  };
  const networks = [await frozenProxy(), await lostPackets()];
  for (const { lesson } of networks) await lesson.seeCheck('two-of-one', 'image', 'fail');
  expect(await metric('chrootcamp_terminal_sockets')).toBe(networks.length);

  // It prints on while nobody hears it, and what is typed while it looks connected is kept by nobody.
  for (const { lesson } of networks) {
    await lesson.type('clear; for i in $(seq 400); do echo "line $i."; sleep 0.1; done; echo all-pri""nted');
    await lesson.seeInTerminal('line 5.');
  }
  for (const { silence } of networks) silence();
  for (const { lesson } of networks) {
    await lesson.notice.getByText('your shell goes on without you').waitFor(noticed);
    expect(await lesson.notice.getByRole('button').allInnerTexts()).toEqual(['Try now']);
  }
  await expect.poll(() => metric('chrootcamp_terminal_sockets'), noticed).toBe(0);

  for (const { lesson, hear } of networks) {
    hear();
    const { page, notice } = lesson;
    await notice.getByRole('button', { name: 'Try now' }).click();
    await page.locator('.panel-status .lamp').filter({ hasText: 'Connected' }).waitFor();
    await lesson.seeInTerminal('all-printed');
    const text = await page.evaluate(() =>
      (document.querySelector('camp-terminal-panel') as HTMLElement & { readText(): string }).readText(),
    );
    expect(text.match(/line \d+\./g)).toEqual(
      Array.from({ length: 400 }, (_, index) => `line ${index + 1}.`),
    );
  }
  expect(await metric('chrootcamp_terminal_sockets')).toBe(networks.length);

  // The exercises' events were as half open.
  for (const { lesson } of networks) {
    await lesson.type('docker run hello-world');
    await lesson.page
      .locator('[data-check="image"][data-status="pass"]')
      .first()
      .waitFor({ timeout: noticed.timeout });
  }
}, 300_000);
