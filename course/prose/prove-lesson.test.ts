import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { CourseLesson } from '../course.ts';
import { localTerminals } from './local-terminal.fixture.ts';
import type { ProseProof } from './prose-proof.ts';
import { proveLesson } from './prove-lesson.ts';

async function proofOf(text: string): Promise<ProseProof> {
  await using client = await localTerminals();
  const file = join(client.scratchDir, '..', 'lesson.mdx');
  await writeFile(file, text);
  const lesson: CourseLesson = {
    id: 'module/lesson',
    slug: 'lesson',
    number: 1,
    title: 'A lesson',
    summary: 'What it is about.',
    minutes: 5,
    dir: '',
    file,
    exercises: [],
  };
  const { signal } = new AbortController();
  const limits = { scriptTimeoutMs: 5_000, settleMs: 500 };
  const proof = await proveLesson({ client, lesson, limits, signal });
  expect(client.alive.size).toBe(0);
  return { ...proof, file: 'lesson.mdx' };
}

const fenced = (head: string, ...lines: string[]): string => ['```' + head, ...lines, '```', ''].join('\n');

test('every block is typed in order into one terminal, and transcripts are not', async () => {
  const proof = await proofOf(
    [
      'Words.\n',
      fenced('sh run', 'cd /tmp', 'here=$(pwd)'),
      fenced('console', 'false'),
      fenced('sh run exits="1 0"', 'test "$here" = /', 'test "$here" = /tmp'),
      fenced('sh unproven="it would ring a bell"', 'false'),
      fenced('sh', 'cat <<END', 'of two lines', 'END'),
    ].join('\n'),
  );
  expect(proof).toMatchObject({ ok: true, fault: null });
  expect(proof.commands.map(({ line, text, exitCode }) => [line, text, exitCode])).toEqual([
    [4, 'cd /tmp', 0],
    [5, 'here=$(pwd)', 0],
    [13, 'test "$here" = /', 1],
    [14, 'test "$here" = /tmp', 0],
    [22, 'cat <<END\nof two lines\nEND', 0],
  ]);
  expect(proof.unproven).toEqual([{ line: 17, because: 'it would ring a bell' }]);
});

test('the first command that does not do what is said ends it, with its line and what was shown', async () => {
  const proof = await proofOf(`${fenced('sh run', 'true', 'ls /no-such-place', 'true')}`);
  expect(proof.ok).toBe(false);
  expect(proof.commands).toHaveLength(2);
  expect(proof.commands[1]).toMatchObject({ line: 3, ok: false, expectedExit: 0, exitCode: 2 });
  expect(proof.commands[1]!.output).toContain('No such file');
});

test('a shell that ends under the lesson is a fault', async () => {
  const proof = await proofOf(fenced('sh run', 'exit'));
  expect(proof.fault).toContain('the shell of the terminal has ended');
});
