/** A network that swallows everything and closes nothing: both sides have to find out by themselves. */
import { expect, onTestFinished, test } from 'vitest';
import { ContraryProxy } from '../network/contrary-proxy.ts';
import { TerminalFixture } from './terminal-fixture.ts';

const fixture = new TerminalFixture();
/** Three heartbeats of 15 s, of either side; and what a busy computer adds. */
const noticed = { timeout: 100_000, interval: 500 };

test('a half-open connection is noticed by both sides, and nothing is lost or doubled by it', async () => {
  const proxy = await new ContraryProxy({}).start();
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  proxy.targetPort = Number(new URL(fixture.course.url).port);
  const lesson = await fixture.open(await fixture.learner({ proxy: { server: proxy.origin } }));
  const { page, notice } = lesson;
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${fixture.course.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  };
  await lesson.seeCheck('two-of-one', 'image', 'fail');
  expect(await metric('chrootcamp_terminal_sockets')).toBe(1);

  // It prints on while nobody hears it, and what is typed while it looks connected is kept by nobody.
  await lesson.type('clear; for i in $(seq 400); do echo "line $i."; sleep 0.1; done; echo all-pri""nted');
  await lesson.seeInTerminal('line 5.');
  proxy.freeze();
  await notice.getByText('your shell goes on without you').waitFor(noticed);
  expect(await notice.getByRole('button').allInnerTexts()).toEqual(['Try now']);
  await expect.poll(() => metric('chrootcamp_terminal_sockets'), noticed).toBe(0);

  proxy.thaw();
  await notice.getByRole('button', { name: 'Try now' }).click();
  await page.locator('.panel-status .lamp').filter({ hasText: 'Connected' }).waitFor();
  await lesson.seeInTerminal('all-printed');
  const text = await page.evaluate(() =>
    (document.querySelector('camp-terminal-panel') as HTMLElement & { readText(): string }).readText(),
  );
  expect(text.match(/line \d+\./g)).toEqual(Array.from({ length: 400 }, (_, index) => `line ${index + 1}.`));
  expect(await metric('chrootcamp_terminal_sockets')).toBe(1);

  // The exercises' events were as half open.
  await lesson.type('docker run hello-world');
  await lesson.page
    .locator('[data-check="image"][data-status="pass"]')
    .first()
    .waitFor({ timeout: noticed.timeout });
}, 300_000);
