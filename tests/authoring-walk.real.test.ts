/** docs/authoring.md, "The first exercise in ten minutes", followed word by word in a copy of the course. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testMachineDir } from './running-sandbox-server.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
let dir: string;
beforeAll(() => {
  dir = mkdtempSync('/var/tmp/camp-author-');
  symlinkSync(testMachineDir, join(dir, 'machine'));
  cpSync(join(repository, 'content'), join(dir, 'course'), { recursive: true });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Block {
  /** What stands between it and the block before. */
  words: string;
  language: string;
  text: string;
}

function blocksOf(heading: string): Block[] {
  const page = readFileSync(join(repository, 'docs/authoring.md'), 'utf8');
  const [section = ''] = page.slice(page.indexOf(`## ${heading}\n`) + 3).split('\n## ');
  return [...section.matchAll(/([\s\S]*?)^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, words = '', language = '', text = '']) => ({ words, language, text }),
  );
}

function run(line: string): { status: number | null; output: string } {
  const [, ...words] = line.split(' ');
  const where = ['--course', join(dir, 'course'), ...(words[1] === 'verify' ? ['--data', dir] : [])];
  const program = join(repository, 'bin/chrootcamp');
  const { status, stdout, stderr } = spawnSync(program, [...words, ...where], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function exerciseFile(name: string): string {
  return join(dir, 'course/modules/02-first-steps/04-labels/exercises/1-a-labelled-box', name);
}

/** Files that the words say to delete. */
function deleted(words: string): string[] {
  const [, names = ''] = /Delete ((?:`[\w.-]+`[,\sand]*)+)/.exec(words) ?? [];
  return [...names.matchAll(/`([\w.-]+)`/g)].map(([, name = '']) => name);
}

function mustEndWith(status: number, line: string): string {
  const ran = run(line);
  expect(ran.status, `${line}\n${ran.output}`).toBe(status);
  return ran.output;
}

test('each command works as written, and each thing said of it is so', { timeout: 240_000 }, () => {
  let last = '';
  for (const { words, language, text } of blocksOf('The first exercise in ten minutes')) {
    for (const name of deleted(words)) rmSync(exerciseFile(name));
    if (text.startsWith('bin/chrootcamp')) {
      for (last of text.trim().split('\n')) {
        // What it finds is told in the words behind it.
        if (!last.includes('--mutations')) mustEndWith(0, last);
      }
    } else if (language === 'sh') {
      const script = [...words.matchAll(/`([\w-]+\.sh)`/g)].at(-1)?.[1];
      writeFileSync(exerciseFile(script!), text);
    } else if (words.includes('Replace what')) {
      writeFileSync(exerciseFile('exercise.yaml'), text);
    } else {
      const survivor = /One survives: `([^`]*)`/.exec(words)?.[1];
      const survivors = mustEndWith(1, last).match(/line \d+, .*(?=: survived$)/gm);
      expect(survivors).toEqual([survivor]);
      appendFileSync(exerciseFile('exercise.yaml'), text);
      mustEndWith(0, last);
    }
  }
  expect(last).toContain('--prose');
});
