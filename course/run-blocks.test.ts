import { expect, test } from 'vitest';
import { digestOf } from '../protocol/run-block.ts';
import { runBlocksOf } from './run-blocks.ts';

const lesson = [
  'Words.',
  '',
  '```sh run',
  '$ ls jail',
  'bin',
  '```',
  '{/*',
  '```sh run',
  'never',
  '```',
  '*/}',
  '```console',
  '$ ls',
  '```',
  '1. A list',
  '   ```bash title="run it"',
  '   shown',
  '   ```',
  '   ~~~~sh run',
  '   cat <<END',
  '     two',
  '   ~~~',
  '   END',
  '   ~~~~',
  '```js run',
  'no()',
  '```',
].join('\n');

test('only shell blocks marked run are found, by their place among all', () => {
  expect(runBlocksOf(lesson)).toEqual([
    { index: 0, commands: 'ls jail', digest: digestOf('ls jail') },
    { index: 3, commands: 'cat <<END\n  two\n~~~\nEND', digest: expect.any(String) },
  ]);
});

test('a fence that is never closed ends with the text', () => {
  expect(runBlocksOf('```sh run\nls\n')).toMatchObject([{ index: 0, commands: 'ls' }]);
});
