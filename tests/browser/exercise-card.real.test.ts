/** An exercise's card through all its states, and what is written down of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Results } from '../../protocol/results.ts';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';

let course: RunningCourse;
let browser: Browser;
let context: BrowserContext;
let lesson: LessonPage;
let card: Locator;
beforeAll(async () => {
  [course, browser] = await Promise.all([RunningCourse.start(), launchChromium()]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  lesson = await LessonPage.open(context, `${course.url}/first-steps/hello-world/`);
  card = lesson.exercise('exit-code');
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
});

const hint = () => card.locator('[data-part="hint"]').first();

test('a miss says what to look at next', async () => {
  await lesson.seeCheck('exit-code', 'ended', 'fail');
  await lesson.type('docker run --name early busybox sh -c "exit 1"');
  await hint().filter({ hasText: 'docker logs early' }).waitFor();
  expect(await lesson.sentence('exit-code', 'ended')).toBe(
    'Container early ran and ended with exit code 1; 42 is asked for.',
  );
});

test('the technical detail unfolds, and "check again" looks again and says so', async () => {
  const detail = card.locator('[data-check="ended"] [data-part="detail"]');
  await detail.locator('summary').click();
  const facts = await detail.locator('[data-part="facts"]').innerText();
  for (const part of ['container from `busybox`', 'exit code 1', 'the containers of your Docker']) {
    expect(facts.replaceAll('`', '')).toContain(part.replaceAll('`', ''));
  }
  const check = card.locator('[data-action="check"]');
  const looked = lesson.page.waitForResponse((answer) => answer.url().endsWith('/exit-code/check'));
  await check.click();
  expect((await looked).status()).toBe(200);
  await lesson.page.getByText('Looked again: 1 still open.').waitFor({ state: 'attached' });
});

test('help is given step by step, the solution for the price of saying so', async () => {
  await card.locator('[data-hint="1"] > summary').click();
  await card.locator('[data-part="solution"] > summary').click();
  expect(await card.locator('[data-part="solution-cost"]').innerText()).toContain(
    'will say that you have seen it',
  );
  await card.locator('[data-action="solution"]').click();
  await card.locator('[data-part="solution-text"]').filter({ hasText: 'exit 42' }).waitFor();
  await card.locator('[data-part="solution-seen"]').waitFor();
  const { violations } = await new AxeBuilder({ page: lesson.page }).include('camp-exercise').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('a report for the instructor is copied', async () => {
  await context.grantPermissions(['clipboard-read']);
  await card.locator('[data-action="report"]').click();
  await card.getByText('Copied: now paste it').waitFor();
  const report = await lesson.page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    'first-steps/hello-world/exit-code',
    'Expected: ',
    'exit code 1',
    'Solution seen: 2',
    'Chrootcamp 0.',
  ]) {
    expect(report).toContain(part);
  }
});

test('a check ticks and un-ticks; what is earned stays, and says so', async () => {
  await lesson.type('docker run --name right busybox sh -c "exit 42"');
  await lesson.seeCheck('exit-code', 'ended', 'pass');
  expect(await hint().isVisible()).toBe(false);
  expect(await card.locator('[data-part="regressed"]').isVisible()).toBe(false);
  await lesson.type('docker rm right');
  await lesson.seeCheck('exit-code', 'ended', 'fail');
  expect(await card.locator('[data-part="regressed"]').innerText()).toContain('it stays earned');
  expect(await card.locator('[data-part="badge"]').innerText()).toContain('Earned');
});

test('a file that changes behind the terminal’s back ticks and un-ticks', async () => {
  const jail = await LessonPage.open(context, `${course.url}/before-docker/chroot/`);
  await jail.seeCheck('a-jail', 'seen', 'fail');
  const [machine] = await course.client.list();
  const run = (script: string) => course.client.exec(machine!.id, { argv: ['/bin/sh', '-c', script] });
  await run('mkdir -p /srv/jail; echo seen.txt > /srv/jail/seen.txt');
  await jail.seeCheck('a-jail', 'seen', 'pass');
  await run('sleep 1; rm /srv/jail/seen.txt');
  await jail.seeCheck('a-jail', 'seen', 'fail');
  await jail.page.close();
});

test('the learner’s results tell it as it was', async () => {
  const page = await context.newPage();
  await page.goto(`${course.url}/results/`);
  const line = page.locator('[data-exercise$="/exit-code"]');
  await line.filter({ hasText: 'Earned on' }).waitFor();
  expect(await line.innerText()).toMatch(/1 of 2 hints, solution seen before/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('Save as CSV').click(),
  ]);
  expect(download.suggestedFilename()).toBe('chrootcamp-results.csv');
  await page.close();
});

test('whoever runs the course exports the results, and replays what happened', async () => {
  const exported = JSON.parse(await chrootcamp('results', 'export', '--json')) as { results: Results[] };
  const mine = exported.results.find(({ earned }) => earned > 0);
  expect(mine?.exercises.find(({ exerciseId }) => exerciseId.endsWith('/exit-code'))).toMatchObject({
    hintsUsed: 1,
    earnedWithSolution: true,
  });
  const replay = await chrootcamp(
    'results',
    'replay',
    mine?.learnerId ?? '',
    'first-steps/hello-world/exit-code',
  );
  for (const step of ['opened hint 1', 'looked at the solution', 'EARNED', 'ended: pass.', 'ended: fail.']) {
    expect(replay).toContain(step);
  }
});

async function chrootcamp(...args: string[]): Promise<string> {
  const program = fileURLToPath(new URL('../../bin/chrootcamp', import.meta.url));
  const child = spawn(program, [...args, '--data', course.layout.dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  return output;
}
