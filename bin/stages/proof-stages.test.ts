import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exercisesOf } from '../../course/course.ts';
import { loadCourse } from '../../course/load.ts';
import { changedFolders } from '../../course/verify/changed.ts';
import { repositoryRoot } from '../../host/repository.ts';
import { proofsOf } from './proof-stages.ts';

test('the scripts and the prose are proven whole; changes of solutions where they were not before', () => {
  const since = undefined;
  expect(proofsOf({ since })).toEqual([
    { name: 'prose', options: ['--prose'] },
    { name: 'verify', options: [] },
    { name: 'mutations', options: ['--mutations', '--resume'] },
  ]);
});

test('of what has changed since a revision', () => {
  const [, , mutations] = proofsOf({ since: 'v1' });
  expect(mutations?.options).toEqual(['--mutations', '--resume', '--changed', 'v1']);
});

/** `--resume` asks the same of each file's content: see course/verify/proof-record.test.ts. */
test.each([
  'grader/grade.ts',
  'grader/kinds/container.ts',
  'protocol/exercise.ts',
  'course/verify/verify.ts',
])('a change of %s has every solution of the course changed, one of an exercise its own', async (path) => {
  expect(existsSync(join(repositoryRoot, path))).toBe(true);
  const all = exercisesOf(await loadCourse(join(repositoryRoot, 'content')));
  expect(changedFolders(all, { workTree: { root: repositoryRoot, isOwn: true }, paths: [path] })).toEqual(
    all,
  );
  const own = `content/modules/02-first-steps/02-hello-world/exercises/3-exit-code/solve.sh`;
  const chosen = changedFolders(all, {
    workTree: { root: repositoryRoot, isOwn: true },
    paths: [own, 'docs/errors.md'],
  });
  expect(chosen.map(({ slug }) => slug)).toEqual(['exit-code']);
});
