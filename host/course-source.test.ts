import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyCourse, courseSourceOf, ownCourse } from './course-source.ts';
import { repositoryRoot } from './repository.ts';

function author(): { dir: string; copy: string; change: () => boolean } {
  const dir = mkdtempSync(path.join(tmpdir(), 'course-'));
  const source = courseSourceOf(dir, { live: false });
  const copy = path.join(repositoryRoot, source.contentPath);
  onTestFinished(() => {
    rmSync(dir, { recursive: true });
    rmSync(path.dirname(copy), { recursive: true, force: true });
  });
  mkdirSync(path.join(dir, 'modules'));
  writeFileSync(path.join(dir, 'modules/a.yaml'), 'a');
  return { dir, copy, change: () => copyCourse(source) };
}

test('the copy becomes the same, and is touched only where it differs', () => {
  const { dir, copy, change } = author();
  expect(change()).toBe(true);
  expect(readFileSync(path.join(copy, 'modules/a.yaml'), 'utf8')).toBe('a');
  expect(change()).toBe(false);
  writeFileSync(path.join(dir, 'modules/b.yaml'), 'b');
  rmSync(path.join(dir, 'modules/a.yaml'));
  expect(change()).toBe(true);
  expect([
    existsSync(path.join(copy, 'modules/a.yaml')),
    existsSync(path.join(copy, 'modules/b.yaml')),
  ]).toEqual([false, true]);
});

test('a folder that went with its files is gone from the copy', () => {
  const { dir, copy, change } = author();
  mkdirSync(path.join(dir, 'modules/one/two'), { recursive: true });
  writeFileSync(path.join(dir, 'modules/one/two/c.yaml'), 'c');
  change();
  rmSync(path.join(dir, 'modules/one'), { recursive: true });
  expect(change()).toBe(true);
  expect([existsSync(path.join(copy, 'modules/one')), existsSync(path.join(copy, 'modules/a.yaml'))]).toEqual(
    [false, true],
  );
});

test('what lies beside the folder, or is hidden in it, is not copied', () => {
  const { dir, copy, change } = author();
  symlinkSync('/etc/passwd', path.join(dir, 'modules/passwd'));
  symlinkSync('/etc', path.join(dir, 'modules/etc'));
  writeFileSync(path.join(dir, '.env'), 'secret');
  change();
  for (const name of ['modules/passwd', 'modules/etc', '.env'])
    expect(existsSync(path.join(copy, name))).toBe(false);
});

test('a folder of many files is no course', () => {
  const { dir, change } = author();
  for (let index = 0; index < 5_001; index += 1) writeFileSync(path.join(dir, `${index}`), '');
  expect(change).toThrow('holds more than 5000 files; expected a course');
});

test("the program's own is served as it lies there, or from a copy while it is written on", () => {
  expect(courseSourceOf(undefined, { live: false })).toBe(ownCourse);
  expect(courseSourceOf(undefined, { live: true })).toMatchObject({
    dir: ownCourse.dir,
    contentPath: expect.stringMatching(/^dist\/courses\//) as string,
  });
});
