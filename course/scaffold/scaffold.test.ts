import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseOnDisk, lessonMdx } from '../course.fixture.ts';
import { exercisesOf } from '../course.ts';
import { loadCourse } from '../load.ts';
import { placed } from './placement.ts';
import { scaffold, type ScaffoldKind } from './scaffold.ts';

test('a module, a lesson in it and an exercise in that are valid as they stand, behind the last', async () => {
  await using disk = await courseOnDisk();
  const { contentDir } = disk;
  const made: string[] = [];
  const make = async (kind: ScaffoldKind, name: string): Promise<void> => {
    made.push(...(await scaffold({ contentDir, kind, name })));
    await loadCourse(contentDir);
  };
  await make('module', 'first-steps');
  await make('lesson', 'first-steps/hello-world');
  await make('exercise', 'first-steps/hello-world/two');
  await make('exercise', 'first-steps/hello-world/go');
  const course = await loadCourse(contentDir);
  expect(exercisesOf(course).map(({ id, number }) => [id, number])).toEqual([
    ['before-docker/chroot/a-jail', 1],
    ['first-steps/hello-world/two', 1],
    ['first-steps/hello-world/go', 2],
  ]);
  const lessonDir = 'modules/02-first-steps/01-hello-world';
  expect(made.map((path) => path.slice(contentDir.length + 1)).slice(0, 4)).toEqual([
    'modules/02-first-steps/module.yaml',
    `${lessonDir}/lesson.mdx`,
    `${lessonDir}/exercises/1-two/exercise.yaml`,
    `${lessonDir}/exercises/1-two/solve.sh`,
  ]);
  const lesson = await readFile(join(contentDir, lessonDir, 'lesson.mdx'), 'utf8');
  expect(lesson).toContain('<Exercise id="two" />\n\n<Exercise id="go" />\n\n<CanDo>');
});

test.each([
  ['lesson', 'chroot', /expected MODULE\/LESSON, like/],
  ['lesson', 'before-docker/chroot', /before-docker\/chroot exists: .*02-chroot; expected a new name/],
  ['lesson', 'before-dokcer/new', /no module before-dokcer; .*did you mean before-docker\?/],
  ['exercise', 'before-docker/chrot/new', /no lesson chrot; .*did you mean chroot\?/],
  ['module', 'Before Docker', /Before Docker is no name; expected/],
  ['module', '../up', /expected MODULE/],
  ['module', '..', /\.\. is no name/],
] as const)('%s %s is refused and writes nothing', async (kind, name, message) => {
  await using disk = await courseOnDisk();
  const { contentDir } = disk;
  await expect(scaffold({ contentDir, kind, name })).rejects.toThrow(message);
  await expect(scaffold({ contentDir, kind, name })).rejects.toMatchObject({ code: 'USAGE' });
  expect(exercisesOf(await loadCourse(contentDir))).toHaveLength(1);
});

test('an exercise stands before the closing lists, or at the end', async () => {
  expect(placed('Words.\n', 'x')).toBe('Words.\n\n<Exercise id="x" />\n');
  expect(placed('Words.\n\n<ReadOn>\n', 'x')).toBe('Words.\n\n<Exercise id="x" />\n\n<ReadOn>\n');
  await using disk = await courseOnDisk();
  const lesson = await readFile(join(disk.contentDir, lessonMdx), 'utf8');
  expect(placed(lesson, 'x')).toBe(`${lesson}\n<Exercise id="x" />\n`);
});
