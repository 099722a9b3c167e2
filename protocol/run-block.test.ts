import { expect, test } from 'vitest';
import { digestOf, stripPrompts } from './run-block.ts';

test('a block without prompts stays as it is, but for the last newline', () => {
  expect(stripPrompts('mkdir jail\n# $ is the prompt\n  cd jail\n')).toBe(
    'mkdir jail\n# $ is the prompt\n  cd jail',
  );
});

test('prompts go, and so does output', () => {
  expect(stripPrompts('$ ls jail\nbin\n$ echo $HOME\n/root')).toBe('ls jail\necho $HOME');
});

test('a continued command keeps its lines', () => {
  expect(stripPrompts('$ docker run \\\n>   busybox \\\n    echo hi\nhi')).toBe(
    'docker run \\\n  busybox \\\n    echo hi',
  );
});

test('two backslashes at the end of a line continue nothing', () => {
  expect(stripPrompts('$ echo a\\\\\na\\')).toBe('echo a\\\\');
});

test('a digest tells commands apart, not their layout', () => {
  expect(digestOf('ls\tjail\n')).toBe(digestOf('ls  jail'));
  expect(digestOf('ls jail')).not.toBe(digestOf('ls jai l'));
  expect(digestOf('ls')).toMatch(/^[0-9a-f]{16}$/);
});
