/** A course in two languages, as it is served. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { courseOnDisk } from '../course/course.fixture.ts';
import { german } from '../course/german.fixture.ts';
import { scaffold } from '../course/scaffold/scaffold.ts';
import { launchChromium } from './browser/chromium.ts';
import { LessonPage } from './browser/lesson-page.ts';
import { RunningCourse } from './running-course.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

test('lessons in another language: its words, the same checks with verdicts in it, a switch, and a notice where there are none yet', async () => {
  await using disk = await courseOnDisk(german);
  const { contentDir } = disk;
  await scaffold({ contentDir, kind: 'lesson', name: 'before-docker/more' });
  try {
    await using course = await RunningCourse.start({ options: ['--course', contentDir] });
    const page = async (path: string): Promise<string> => {
      const answer = await fetch(new URL(path, course.url));
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const translated = await page('/de/before-docker/chroot/');
    for (const words of [
      '<html lang="de"',
      'Eine neue Wurzel',
      'Vor Docker',
      'Darin läuft eine Shell',
      'href="/before-docker/chroot/"',
      'data-exercise="before-docker/chroot/a-jail"',
      'href="/de/before-docker/more/"',
    ]) {
      expect(translated).toContain(words);
    }
    const missing = await page('/de/before-docker/more/');
    expect(missing).toContain('Diese Lektion gibt es noch nicht auf Deutsch');
    expect(missing).toContain('<article class="prose" lang="en"');
    const original = await page('/before-docker/chroot/');
    expect(original).toContain('href="/de/before-docker/chroot/"');
    expect(original).not.toContain('Wurzel');

    const browser = await launchChromium();
    try {
      const context = await browser.newContext();
      const lesson = await LessonPage.open(context, `${course.url}/de/before-docker/chroot/`);
      await lesson.seeCheck('a-jail', 'shell', 'fail');
      expect(await lesson.sentence('a-jail', 'shell')).toMatch(/^Es gibt .* noch nicht/);
    } finally {
      await browser.close();
    }
  } finally {
    const key = createHash('sha256').update(contentDir).digest('hex').slice(0, 12);
    rmSync(join(repository, 'dist/courses', key), { recursive: true, force: true });
  }
});
