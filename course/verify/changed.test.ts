import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { courseOnDisk, jailDir } from '../course.fixture.ts';
import { exercisesOf } from '../course.ts';
import { loadCourse } from '../load.ts';
import { changedFolders, changedPaths } from './changed.ts';

test('git tells what differs from a revision, and what it does not follow yet', async () => {
  await using disk = await courseOnDisk();
  const repository = disk.contentDir;
  const git = (...words: string[]) =>
    promisify(execFile)('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words]);
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'one');
  expect(await changedPaths(repository, 'HEAD')).toEqual([]);
  await writeFile(join(repository, jailDir, 'solve.sh'), 'false\n');
  await writeFile(join(repository, 'new file'), '');
  expect(await changedPaths(repository, 'HEAD')).toEqual([`${jailDir}/solve.sh`, 'new file']);
  for (const revision of ['nowhere', '--all', '']) {
    await expect(changedPaths(repository, revision)).rejects.toMatchObject({ code: 'USAGE' });
  }
});

test('exercises whose folder has changed; all where the code that proves them has', async () => {
  await using disk = await courseOnDisk();
  const repository = disk.contentDir;
  const exercises = exercisesOf(await loadCourse(repository));
  const changed = (...paths: string[]) =>
    changedFolders(exercises, { repository, paths }).map(({ slug }) => slug);
  expect(changed(`${jailDir}/alt-copy.sh`)).toEqual(['a-jail']);
  expect(changed(`${jailDir}er/alt-copy.sh`, 'README.md')).toEqual([]);
  expect(changed('grader/kinds/file.ts')).toEqual(['a-jail']);
  expect(changed('grader/kinds/file.test.ts', 'course/README.md', 'site/src/x.ts')).toEqual([]);
});
