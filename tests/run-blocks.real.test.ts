/** Page and portal count a lesson's blocks alike: else a Run button would be refused, or stand for another block. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCourse } from '../course/load.ts';
import { runBlocksOf } from '../course/run-blocks.ts';
import { RunningCourse } from './running-course.ts';

/** Of every lesson, the page's Run buttons and what the portal would run: `index digest`. */
async function runButtons(course: RunningCourse, contentDir: string) {
  const { modules } = await loadCourse(contentDir);
  const lessons = modules.flatMap((module) => module.lessons);
  return Promise.all(
    lessons.map(async ({ id, file }) => {
      const html = await (await fetch(`${course.url}/${id}/`)).text();
      const snippets = html.match(/<camp-snippet[^>]*data-run[^>]*>/g) ?? [];
      const onPage = snippets.map((tag) => {
        const [index, digest] = ['block', 'digest'].map((name) => tag.match(`data-${name}="([^"]*)"`)?.[1]);
        return `${index} ${digest}`;
      });
      const inPortal = runBlocksOf(await readFile(file, 'utf8')).map(
        ({ index, digest }) => `${index} ${digest}`,
      );
      return { id, onPage, inPortal };
    }),
  );
}

test('of the whole course', async () => {
  await using course = await RunningCourse.start();
  const lessons = await runButtons(course, fileURLToPath(new URL('../content', import.meta.url)));
  expect(lessons.flatMap(({ inPortal }) => inPortal).length).toBeGreaterThan(10);
  for (const { id, onPage, inPortal } of lessons) expect(onPage, id).toEqual(inPortal);
});
