/** An author at work: what they save shows in the open page, beside a terminal that stays. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { scaffold } from '../../course/scaffold/scaffold.ts';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const lessonFile = 'modules/01-one/01-first/lesson.mdx';
const exerciseFile = 'modules/01-one/01-first/exercises/1-word/exercise.yaml';
let contentDir: string;
let course: RunningCourse;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  contentDir = mkdtempSync(join(tmpdir(), 'authored-'));
  for (const [kind, name] of [
    ['module', 'one'],
    ['lesson', 'one/first'],
    ['exercise', 'one/first/word'],
  ] as const) {
    await scaffold({ contentDir, kind, name });
  }
  const options = ['--dev', '--course', contentDir];
  [course, browser] = await Promise.all([RunningCourse.start({ options }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await course?.[Symbol.asyncDispose]();
  const key = createHash('sha256').update(contentDir).digest('hex').slice(0, 12);
  rmSync(join(repository, 'dist/courses', key), { recursive: true, force: true });
  rmSync(contentDir, { recursive: true, force: true });
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
});
afterEach(() => context.close());

/** Saves a file with one passage replaced; returns what brings it back. */
function save(file: string, passage: string, replacement: string): () => void {
  const path = join(contentDir, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(passage);
  writeFileSync(path, before.replace(passage, replacement));
  return () => writeFileSync(path, before);
}

function saying(locator: Locator, text: string | RegExp): Promise<void> {
  return locator.filter({ hasText: text }).first().waitFor();
}

test('what is saved shows in the open page: words, checks, faults, and their mending', async () => {
  const lesson = await LessonPage.open(context, `${course.url}/one/first/`);
  const { page } = lesson;
  const state = page.locator('.workbench-state');
  await lesson.type('echo here > /root/kept.txt; cat /root/kept.txt');
  save(lessonFile, 'Begin with a question', 'Ask something first');
  await saying(page.locator('article.prose'), 'Ask something first');
  await lesson.seeInTerminal('here');

  await lesson.type('echo finished > /root/word.txt');
  await lesson.seeCheck('word', 'word', 'fail');
  save(exerciseFile, 'content: { equals: done }', 'content: { equals: finished }');
  await lesson.seeCheck('word', 'word', 'pass');
  await page.locator('.workbench').evaluate((panel: HTMLDetailsElement) => (panel.open = true));
  await saying(page.locator('.look-verdicts'), 'word: done');
  await saying(page.locator('.look-questions summary'), /file \/root\/word\.txt .* ms, for word/);

  const mendCheck = save(exerciseFile, 'kind: file', 'kind: fil');
  await saying(page.locator('.workbench-faults'), `${exerciseFile}:7:11`);
  await saying(page.locator('.workbench-faults'), 'did you mean');
  await saying(state, 'The last good version is shown');
  const guide = await context.newPage();
  await guide.goto(new URL((await page.locator('a.workbench-guide').getAttribute('href'))!, course.url).href);
  expect(await guide.locator(':target').textContent()).toBe('Exercise');
  await guide.close();
  await lesson.seeCheck('word', 'word', 'pass');
  mendCheck();
  await saying(state, 'As it is written');

  const mendPlace = save(lessonFile, '<Exercise id="word" />', '<Exercise id="wrod" />');
  await saying(page.locator('.workbench-faults'), 'did you mean word?');
  await saying(page.locator('.workbench-faults span code'), /^word$/);
  await saying(state, '2 faults');
  mendPlace();
  await saying(state, 'As it is written');

  const mendWords = save(lessonFile, 'One idea at a time.', '<Aside> One idea at a time.');
  await saying(page.locator('.workbench-faults'), `${lessonFile}:13:29`);
  await saying(page.locator('article.prose'), 'One idea at a time');
  mendWords();
  await saying(state, 'As it is written');
});

test('an exercise done by hand becomes a draft of its checks and its solution', async () => {
  const lesson = await LessonPage.open(context, `${course.url}/one/first/`);
  const { page } = lesson;
  await page.locator('.workbench').evaluate((panel: HTMLDetailsElement) => (panel.open = true));
  await page.getByRole('button', { name: 'Begin recording' }).click();
  await saying(page.locator('.recorder'), 'Now do the exercise');
  const [terminal, workbench] = await Promise.all(
    ['#terminal .pane.is-active', '.workbench'].map((part) => page.locator(part).boundingBox()),
  );
  expect(terminal!.y + terminal!.height).toBeLessThanOrEqual(workbench!.y);
  await lesson.type('mkdir out && echo hi > out/note.txt && echo all done');
  await lesson.seeInTerminal('all done');
  await page.getByRole('button', { name: 'Make a draft' }).click();
  const drafts = page.locator('.drafts textarea');
  await expect.poll(() => drafts.first().inputValue()).toContain('path: /root/out/note.txt');
  expect(await drafts.nth(1).inputValue()).toBe('mkdir out && echo hi > out/note.txt && echo all done\n');
});
