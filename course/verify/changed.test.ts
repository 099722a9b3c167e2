import { execFile } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { courseOnDisk, jailDir } from '../course.fixture.ts';
import { exercisesOf } from '../course.ts';
import { loadCourse } from '../load.ts';
import { changedFolders, changedPaths, workTreeOf } from './changed.ts';

const inGit = (root: string, ...words: string[]) =>
  promisify(execFile)('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words]);

async function commitAll(root: string): Promise<void> {
  await inGit(root, 'init', '--quiet');
  await inGit(root, 'add', '.');
  await inGit(root, 'commit', '--quiet', '--message', 'one');
}

/** A repository of another's, with a course below it. */
async function repositoryWithCourse(): Promise<{ root: string; contentDir: string }> {
  await using disk = await courseOnDisk();
  const root = await realpath(await mkdtemp(join(tmpdir(), 'repository-')));
  onTestFinished(() => rm(root, { recursive: true }));
  await cp(disk.contentDir, join(root, 'docs/course'), { recursive: true });
  return { root, contentDir: join(root, 'docs/course') };
}

test('git tells what differs from a revision, and what it does not follow yet', async () => {
  await using disk = await courseOnDisk();
  const repository = disk.contentDir;
  const workTree = { root: repository, isOwn: true };
  await commitAll(repository);
  expect(await changedPaths(workTree, 'HEAD')).toEqual([]);
  await writeFile(join(repository, jailDir, 'solve.sh'), 'false\n');
  await writeFile(join(repository, 'new file'), '');
  expect(await changedPaths(workTree, 'HEAD')).toEqual([`${jailDir}/solve.sh`, 'new file']);
  for (const revision of ['nowhere', '--all', '']) {
    await expect(changedPaths(workTree, revision)).rejects.toMatchObject({ code: 'USAGE' });
  }
});

test('exercises whose folder has changed; all where the code that proves them has', async () => {
  await using disk = await courseOnDisk();
  const repository = disk.contentDir;
  const exercises = exercisesOf(await loadCourse(repository));
  const changed = (...paths: string[]) =>
    changedFolders(exercises, { workTree: { root: repository, isOwn: true }, paths }).map(({ slug }) => slug);
  expect(changed(`${jailDir}/alt-copy.sh`)).toEqual(['a-jail']);
  expect(changed(`${jailDir}er/alt-copy.sh`, 'README.md')).toEqual([]);
  expect(changed('grader/kinds/file.ts')).toEqual(['a-jail']);
  expect(changed('grader/kinds/file.test.ts', 'course/README.md', 'site/src/x.ts')).toEqual([]);
});

test('of a course elsewhere, git is asked of the work tree that it lies in, and only its own folders count', async () => {
  const { root, contentDir } = await repositoryWithCourse();
  await commitAll(root);
  const workTree = await workTreeOf(contentDir, { own: import.meta.dirname });
  expect(workTree).toEqual({ root, isOwn: false });
  const link = `${root}-link`;
  await symlink(contentDir, link);
  onTestFinished(() => rm(link));
  const changed = async (dir: string) => {
    const paths = await changedPaths(workTree, 'HEAD');
    return changedFolders(exercisesOf(await loadCourse(dir)), { workTree, paths }).map(({ slug }) => slug);
  };
  await mkdir(join(root, 'grader'));
  await writeFile(join(root, 'grader/grade.ts'), '');
  expect(await changed(contentDir)).toEqual([]);
  await writeFile(join(contentDir, jailDir, 'solve.sh'), 'false\n');
  expect(await changed(contentDir)).toEqual(['a-jail']);
  expect(await changed(link)).toEqual(['a-jail']);
});

test('the work tree of this program is its own', async () => {
  const { root, contentDir } = await repositoryWithCourse();
  await commitAll(root);
  expect(await workTreeOf(contentDir, { own: root })).toEqual({ root, isOwn: true });
});

test('a course that lies in no work tree is refused', async () => {
  const { contentDir } = await repositoryWithCourse();
  const refused = workTreeOf(contentDir, { own: import.meta.dirname });
  await expect(refused).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringMatching(
      /^--changed was given with a course in .*docs\/course, .*not a git repository.*; expected one in a git work tree/,
    ),
  });
});

test.runIf(process.getuid?.() === 0)(
  'a work tree of a user whom git does not trust here is refused: its settings could run programs',
  async () => {
    const { root, contentDir } = await repositoryWithCourse();
    await commitAll(root);
    await chown(root, 12_345, 12_345);
    await chown(join(root, '.git'), 12_345, 12_345);
    await expect(workTreeOf(contentDir, { own: import.meta.dirname })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('dubious ownership'),
    });
  },
);
