import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadCourse } from './load.ts';
import { CourseInvalid, problemLine } from './problem.ts';

export const jailDir = 'modules/01-before-docker/02-chroot/exercises/1-a-jail';
export const jailYaml = `${jailDir}/exercise.yaml`;
export const lessonMdx = 'modules/01-before-docker/02-chroot/lesson.mdx';

/** A small course without a fault: one module, one lesson, one exercise. Paths are relative to the content folder. */
const soundFiles: Record<string, string> = {
  'modules/01-before-docker/module.yaml':
    'title: Before Docker\nsummary: Containers by hand, one part at a time.\n',
  [lessonMdx]: `---
title: A new root
summary: Give a process a root directory of its own.
minutes: 15
---

Words.

<Exercise id="a-jail" />
`,
  [jailYaml]: `title: A jail
task: Make a directory with a shell in it that works.
checks:
  - id: shell
    kind: file
    label: There is a shell
    path: /srv/jail/bin/sh
    executable: true
  - id: inside
    kind: process
    label: A shell runs inside
    find: { name: { equals: sh } }
    expect:
      root: /srv/jail
hints:
  - Look at what busybox can do.
wrong:
  - script: wrong-plain.sh
    fails: inside
    says: no process
  - script: wrong-mode.sh
    fails: shell
    says: cannot be executed
`,
  [`${jailDir}/solve.sh`]: 'true\n',
  [`${jailDir}/alt-copy.sh`]: 'true\n',
  [`${jailDir}/wrong-plain.sh`]: 'true\n',
  [`${jailDir}/wrong-mode.sh`]: 'true\n',
};

/** A course in a temporary folder, with some files replaced, added, or (null) left out. Removed when disposed of. */
export async function courseOnDisk(
  changes: Record<string, string | null> = {},
): Promise<AsyncDisposable & { contentDir: string }> {
  const contentDir = await mkdtemp(join(tmpdir(), 'course-'));
  for (const [path, text] of Object.entries({ ...soundFiles, ...changes })) {
    if (text === null) continue;
    await mkdir(dirname(join(contentDir, path)), { recursive: true });
    await writeFile(join(contentDir, path), text);
  }
  return {
    contentDir,
    [Symbol.asyncDispose]: () => rm(contentDir, { recursive: true, force: true }),
  };
}

/** The sound exercise with one passage replaced; throws where the passage is not there. */
export function jailWith(passage: string, replacement: string): Record<string, string> {
  return edited(jailYaml, passage, replacement);
}

export function lessonWith(passage: string, replacement: string): Record<string, string> {
  return edited(lessonMdx, passage, replacement);
}

function edited(path: string, passage: string, replacement: string): Record<string, string> {
  const text = soundFiles[path]!;
  if (!text.includes(passage)) throw new Error(`the fixture ${path} has no passage ${passage}`);
  return { [path]: text.replace(passage, replacement) };
}

/** What the loader says of the sound course with these changes, paths relative to the content folder. */
export async function faultsOf(changes: Record<string, string | null>): Promise<string[]> {
  await using course = await courseOnDisk(changes);
  const thrown = await loadCourse(course.contentDir).then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown === null) return [];
  if (!(thrown instanceof CourseInvalid)) throw thrown;
  return thrown.problems.map((problem) => problemLine(problem).replaceAll(`${course.contentDir}/`, ''));
}
