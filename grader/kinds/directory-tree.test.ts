import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';

const directory = { exists: true, type: 'directory' as const };
const file = { exists: true, type: 'file' as const };
const box = { '/box': directory, '/box/bin': directory, '/box/bin/sh': file };
const tree = (entries: Record<string, string>) => ({ kind: 'directory-tree', path: '/box', entries });

test('entries as asked pass', async () => {
  const files = { ...box, '/box/link': { ...directory, linkTarget: 'bin' } };
  const check = tree({ bin: 'directory', 'bin/sh': 'file', link: 'link', etc: 'absent' });
  expect(await said(check, { files })).toBe('pass: Below `/box`, all 4 entries are as asked.');
  expect(await said(tree({ link: 'directory' }), { files })).toBe(
    'pass: Below `/box`, the one entry is as asked.',
  );
});

test.each([
  [tree({ bin: 'directory' }), {}, 'There is no `/box` yet.'],
  [tree({ bin: 'directory' }), { '/box': file }, '`/box` is a file; the task asks for a directory.'],
  [tree({ lib: 'directory' }), box, 'There is no `/box/lib` yet.'],
  [tree({ bin: 'directory', lib: 'directory' }), box, 'There is no `/box/lib` yet. As asked so far: 1 of 2.'],
  [
    tree({ 'lib/a/b': 'file' }),
    box,
    'There is no `/box/lib/a/b` yet, nor the directory `/box/lib/a` that it would be in.',
  ],
  [tree({ 'bin/sh': 'directory' }), box, '`/box/bin/sh` is a file; the task asks for a directory.'],
  [tree({ bin: 'link' }), box, '`/box/bin` is a directory; the task asks for a link.'],
  [tree({ bin: 'absent' }), box, '`/box/bin` is still there; the task asks that it be gone.'],
  [
    tree({ x: 'absent' }),
    { ...box, '/box/x': { exists: false, linkTarget: 'y' } },
    '`/box/x` is still there; the task asks that it be gone.',
  ],
  [
    tree({ x: 'file' }),
    { ...box, '/box/x': { exists: false, linkTarget: 'y' } },
    '`/box/x` is a link to `y`, and nothing is there in your machine.',
  ],
])('near miss %#', async (check, files, sentence) => {
  expect(await said(check, { files })).toBe(`fail: ${sentence}`);
});

test('an entry whose kind cannot be read is told by its path', async () => {
  const files = { ...box, '/box/odd': { exists: true } };
  expect(await said(tree({ odd: 'file' }), { files })).toBe(
    'could-not-look: We could not look at `/box/odd`: its kind could not be read. Try again in a moment.',
  );
});

test.each([['/etc'], ['../etc'], ['a/../../b'], ['a//b'], ['a/'], ['.'], ['']])(
  'an entry cannot be outside of the directory: %j',
  async (name) => {
    await expect(said(tree({ [name]: 'file' }), { files: box })).rejects.toThrow();
  },
);
