import { describe, expect, test } from 'vitest';
import { said, verdictOn } from '../check.fixture.ts';
import type { FileObservation } from '../observer.ts';

const sh = { kind: 'file', path: '/srv/jail/bin/sh', executable: true };
const bin = { kind: 'file', path: '/srv/jail/bin', type: 'directory', entries: ['sh', 'ls', 'cat'] };

function file(changes: Partial<FileObservation> = {}): FileObservation {
  return { exists: true, type: 'file', mode: 0o755, uid: 0, gid: 0, text: '', ...changes };
}
function directory(...entries: string[]): FileObservation {
  return { exists: true, type: 'directory', mode: 0o755, uid: 0, gid: 0, entries };
}

test('what is as asked passes, and the verdict says what was seen', async () => {
  expect(await verdictOn(sh, { files: { '/srv/jail/bin/sh': file() } })).toEqual({
    checkId: 'check-1',
    status: 'pass',
    sentence: '`/srv/jail/bin/sh` is a file, executable.',
    expected: 'a file, executable',
    observed: 'a file, mode `0755`',
    where: '`/srv/jail/bin/sh`',
    evaluatedAt: '1970-01-01T00:00:00.000Z',
  });
  expect(await said({ kind: 'file', path: '/x' }, { files: { '/x': file() } })).toBe(
    'pass: `/x` is a file, as asked.',
  );
});

describe('what is not there', () => {
  test.each([
    [
      'nothing at all',
      {},
      'There is no `/srv/jail/bin/sh` yet, nor the directory `/srv/jail/bin` that it would be in.',
    ],
    ['another name', { '/srv/jail/bin': directory('ls') }, 'There is no `/srv/jail/bin/sh` yet.'],
    [
      'a name spelt otherwise',
      { '/srv/jail/bin': directory('SH', 'sh.bak') },
      '`/srv/jail/bin` holds `SH` and `sh.bak`, but not `sh`.',
    ],
    [
      'a file in the way',
      { '/srv/jail/bin': file() },
      'There is no `/srv/jail/bin/sh`: `/srv/jail/bin` is a file, not a directory.',
    ],
    [
      'a link to nothing',
      { '/srv/jail/bin/sh': { exists: false, linkTarget: '/bin/busybox' } },
      '`/srv/jail/bin/sh` is a link to `/bin/busybox`, and nothing is there in your machine.',
    ],
  ])('%s', async (_, files: Record<string, FileObservation>, sentence) => {
    expect(await said(sh, { files })).toBe(`fail: ${sentence}`);
  });
});

describe('near misses', () => {
  test.each([
    [sh, file({ mode: 0o644 }), '`/srv/jail/bin/sh` exists but cannot be executed: its mode is `0644`.'],
    [
      { ...sh, executable: false },
      file(),
      '`/srv/jail/bin/sh` can be executed and should not be: its mode is `0755`.',
    ],
    [sh, directory(), '`/srv/jail/bin/sh` is a directory; the task asks for a file.'],
    [
      sh,
      { exists: true, type: 'other' as const },
      '`/srv/jail/bin/sh` is neither a file nor a directory; the task asks for a file.',
    ],
    [{ ...sh, mode: '0750' }, file(), '`/srv/jail/bin/sh` has mode `0755`; the task asks for `0750`.'],
    [{ ...sh, uid: 1000 }, file(), '`/srv/jail/bin/sh` belongs to user id 0; the task asks for 1000.'],
    [{ ...sh, gid: 5 }, file(), '`/srv/jail/bin/sh` belongs to group id 0; the task asks for 5.'],
    [
      { ...sh, content: { contains: 'x' } },
      file(),
      '`/srv/jail/bin/sh` is empty; it should hold something with `x` in it.',
    ],
    [
      { ...sh, content: { equals: 'Hello' } },
      file({ text: 'hello\n' }),
      '`/srv/jail/bin/sh` holds `hello`; the task asks for `Hello`. Only spaces or upper and lower case differ.',
    ],
    [
      { ...sh, content: { matches: '^a$' } },
      file({ text: 'b' }),
      '`/srv/jail/bin/sh` holds `b`; the task asks for something of the form `^a$`.',
    ],
  ])('%#', async (check, observation, sentence) => {
    expect(await said(check, { files: { [check.path]: observation } })).toBe(`fail: ${sentence}`);
  });

  test.each([
    [directory('ls', 'sh', 'vi'), '`/srv/jail/bin` holds `sh` and `ls`, but `cat` is missing.'],
    [directory('ls', 'vi'), '`/srv/jail/bin` holds `ls`, but `sh` and `cat` are missing.'],
    [directory('vi'), '`/srv/jail/bin` holds `vi`, but `sh`, `ls` and `cat` are missing.'],
    [directory(), '`/srv/jail/bin` is empty; `sh`, `ls` and `cat` are missing.'],
  ])('entries %#', async (observation, sentence) => {
    expect(await said(bin, { files: { '/srv/jail/bin': observation } })).toBe(`fail: ${sentence}`);
  });
});

test('content may be anywhere in a text, and a second line counts', async () => {
  const check = { kind: 'file', path: '/x', content: { contains: 'b' } };
  expect(await said(check, { files: { '/x': file({ text: 'a\nb\n' }) } })).toBe(
    'pass: `/x` is a file, with `b` in it.',
  );
});

test('a trailing newline does not count for equals', async () => {
  const check = { kind: 'file', path: '/x', content: { equals: 'a' } };
  expect(await said(check, { files: { '/x': file({ text: 'a\n' }) } })).toMatch(/^pass/);
  expect(await said(check, { files: { '/x': file({ text: 'a\n\n' }) } })).toMatch(/^fail/);
});

test('absence is asked for', async () => {
  const check = { kind: 'file', path: '/x', type: 'absent' };
  expect(await said(check, {})).toBe('pass: There is no `/x`, as asked.');
  expect(await said(check, { files: { '/x': directory() } })).toBe(
    'fail: `/x` is still there; the task asks that it be gone.',
  );
});

test('a facet that could not be read is not held against the learner', async () => {
  const observation = { exists: true, type: 'file', mode: 'x' } as unknown as FileObservation;
  const verdict = await verdictOn(sh, { files: { [sh.path]: observation } });
  expect(verdict).toMatchObject({ status: 'could-not-look', remedy: 'retry' });
  expect(verdict.sentence).toContain('its mode could not be read');
});
