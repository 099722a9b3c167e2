import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';

let course: RunningCourse;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  [course, browser] = await Promise.all([RunningCourse.start(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});
// Each test is another learner: a context has cookies of its own.
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
});
afterEach(async () => {
  await context.close();
  for (const { id } of await course.client.list()) await course.client.destroy(id);
});

const helloWorld = () => `${course.url}/first-steps/hello-world/`;

test('from the home page to a ticked exercise, and back to see it counted', async () => {
  const home = await context.newPage();
  await home.goto(course.url);
  await home
    .getByRole('link', { name: /hello-world/ })
    .first()
    .click();
  await home.waitForURL(/first-steps\/hello-world/);
  await home.close();

  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.seeCheck('two-of-one', 'containers', 'fail');
  expect(await lesson.sentence('two-of-one', 'containers')).toContain('no container from hello-world');
  const run = lesson.page.locator('camp-snippet', { has: lesson.page.locator('button.snippet-run') }).first();
  await run.locator('button.snippet-run').click();
  await lesson.seeInTerminal('A container just ran on this machine');
  await lesson.seeCheck('two-of-one', 'image', 'pass');
  await expect.poll(() => lesson.sentence('two-of-one', 'containers')).toMatch(/1 of the 2/);
  await lesson.type('docker run hello-world');
  await lesson.seeCheck('two-of-one', 'containers', 'pass');

  await lesson.page.goto(course.url);
  await lesson.page
    .getByText(/1 of \d+/)
    .first()
    .waitFor();
});

test('a block of several lines is run line by line, each output below its command', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.type('docker pull -q busybox; clear; echo rea""dy');
  await lesson.seeInTerminal('ready');
  // What was left on the line must not become part of the first command.
  await lesson.page.keyboard.type('left over');
  const block = lesson.page.locator('camp-snippet[data-code*="curl --version"]');
  await block.locator('button.snippet-run').click();
  await lesson.seeInTerminal('127');
  expect(await lesson.screen.innerText()).toMatch(
    /# docker run busybox curl --version\n[^#]*not found[^#]*# echo \$\?\s+127/,
  );
});

test('a typed answer is judged against the learner’s own machine', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.type('docker pull -q hello-world; clear; docker images -q --no-trunc hello-world');
  const answer = lesson.exercise('image-id').locator('[data-check="image-id"] input');
  await answer.fill('0000');
  await answer.press('Enter');
  await lesson.seeCheck('image-id', 'image-id', 'fail');
  await lesson.seeInTerminal('sha256:');
  const id = /sha256:[0-9a-f]{64}/.exec((await lesson.screen.innerText()).replaceAll('\n', ''))?.[0] ?? '';
  await answer.fill(id.slice(0, 'sha256:'.length + 12));
  await answer.press('Enter');
  await lesson.seeCheck('image-id', 'image-id', 'pass');
});

test('a check that stops holding un-ticks; what is earned stays earned', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.type('docker run --name x1 busybox sh -c "exit 42"');
  await lesson.seeCheck('exit-code', 'ended', 'pass');
  const badge = lesson.exercise('exit-code').locator('[data-part="badge"]:not([hidden])');
  await badge.waitFor();
  await lesson.type('docker rm x1');
  await lesson.seeCheck('exit-code', 'ended', 'fail');
  await badge.waitFor();
  const me = (await (await context.request.get(`${course.url}/api/me`)).json()) as {
    progress: { exerciseId: string; earnedAt: string | null }[];
  };
  const earned = me.progress.find(({ exerciseId }) => exerciseId === 'first-steps/hello-world/exit-code');
  expect(earned?.earnedAt).toMatch(/^\d{4}-/);
});

test('a reload brings back the same shell, its screen and nothing typed into it', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.type('marker=$RANDOM-ke""pt; echo "m=$marker"; printf "\\033[c\\033[6n"');
  await lesson.seeInTerminal('-kept');
  const before = /m=(\d+-kept)/.exec(await lesson.screen.innerText())?.[1];
  await lesson.page.reload();
  await lesson.seeInTerminal(`m=${before}`);
  await lesson.type('clear; echo "again $marker"');
  await lesson.seeInTerminal(`again ${before}`);
  expect(await lesson.screen.innerText()).not.toMatch(/\d+;\d+R|\?\d+;\d+c/);
});

test('the portal killed: the page reconnects to the same shell, and grading goes on', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.type('marker=$RANDOM-ali""ve; echo "m=$marker"');
  await lesson.seeInTerminal('-alive');
  const before = /m=(\d+-alive)/.exec(await lesson.screen.innerText())?.[1];
  await course.kill('portal');
  await lesson.page
    .getByText(/Connected/)
    .first()
    .waitFor();
  await lesson.type('clear; echo "again $marker"');
  await lesson.seeInTerminal(`again ${before}`);
  await lesson.type('docker run busybox sh -c "exit 42"');
  await lesson.seeCheck('exit-code', 'ended', 'pass');
});

test('a portal started anew holds no disk of a machine', async () => {
  const { id } = await course.client.create({});
  const disk = `${course.layout.sandboxRuntimeDir}/sb/${id}/disk`;
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).toContain(disk);
  await course.kill('portal');
  const portal = course.pidOf('portal') as number;
  expect(readFileSync(`/proc/${portal}/mountinfo`, 'utf8')).not.toContain('/sb/');
  await course.client.destroy(id);
});

test('the sandbox-server killed: the machine lives on with its files, and a new shell is offered', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.type('echo precious > note; docker run -d --name lives nginx');
  await lesson.seeInTerminal('Status: Downloaded newer image for nginx');
  await course.kill('sandbox-server');
  await lesson.page.locator('.panel-notice').getByRole('button', { name: 'New shell' }).click();
  await lesson.seeInTerminal('root@camp');
  await lesson.type('cat note; docker ps --format "{{.Names}} runs"');
  await lesson.seeInTerminal('precious');
  await lesson.seeInTerminal('lives runs');
});

test('Docker killed by the learner: the page says so and starts it again', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.page.getByText('Docker ready').waitFor();
  await lesson.type('kill -9 $(pidof dockerd)');
  await lesson.page.getByText('Docker stopped').waitFor();
  await lesson.seeCheck('two-of-one', 'containers', 'could-not-look');
  expect(await lesson.sentence('two-of-one', 'containers')).toMatch(/Docker is not running/);
  await lesson.page
    .getByRole('button', { name: /start docker/i })
    .first()
    .click();
  await lesson.page.getByText('Docker ready').waitFor();
  await lesson.seeCheck('two-of-one', 'containers', 'fail');
});

test('a full disk is said in words, and the machine goes on', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  await lesson.type(
    'fallocate -l 100G big 2>&1 | grep -o "No space left on device"; fallocate -l 5500M big; dd if=/dev/zero of=rest bs=1M 2>&1 | tail -1; clear; echo fu""ll',
  );
  await lesson.seeInTerminal('full');
  await lesson.type('docker pull busybox');
  await lesson.seeInTerminal('no space left on device');
  await lesson.type('rm big rest; clear; docker run busybox sh -c "exit 42"; echo do""ne');
  await lesson.seeInTerminal('done');
  await lesson.seeCheck('exit-code', 'ended', 'pass');
});

test('two learners: neither has the other’s terminal', async () => {
  const lesson = await LessonPage.open(context, helloWorld());
  const { terminals } = (await (await context.request.get(`${course.url}/api/terminals`)).json()) as {
    terminals: { id: string }[];
  };
  const foreign = terminals[0]?.id ?? '';
  const stranger = await browser.newContext();
  await stranger.request.get(`${course.url}/api/me`);
  const answer = await stranger.request.delete(`${course.url}/api/terminals/${foreign}`, {
    headers: { origin: course.url },
  });
  expect(answer.status()).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { code: 'TERMINAL_GONE' } });
  await stranger.close();
  await lesson.type('echo still-""mine');
  await lesson.seeInTerminal('still-mine');
});
