import { expect, test } from 'vitest';
import { commandBlocksIn } from './command-block.ts';
import { typedCommands } from './typed-command.ts';

const block = (meta: string, line = 'true'): string => `Text\n\n  \`\`\`sh ${meta}\n  ${line}\n  \`\`\`\n`;
const faultsOf = (text: string): string[] =>
  commandBlocksIn('lesson.mdx', text).problems.map(({ at, message }) => `${at!.line}: ${message}`);

test('how a block is marked', () => {
  const text = block('run exits="0 127" keys="ctrl-p ctrl-q q" title="A shell" {1} "tr"');
  expect(commandBlocksIn('lesson.mdx', text)).toEqual({
    problems: [],
    blocks: [{ line: 3, lines: ['true'], unproven: null, exits: [0, 127], keys: ['ctrl-p', 'ctrl-q', 'q'] }],
  });
});

test.each([
  [
    'run exit="127"',
    '3: unknown word `exit` behind the language; expected one of `run`, `unproven`, `exits`, `keys`; did you mean `exits`?',
  ],
  ['unproven', '3: `unproven` gives no reason; expected one, like `unproven="needs a second learner"`'],
  [
    'exits="256"',
    '3: `exits` is no list of exit codes; expected numbers to 255, one for each command, like `exits="0 127"`',
  ],
  [
    'keys="ctrl-c home"',
    '3: `keys` has `home`, which is no key; expected words like `ctrl-c`, or one of `enter`, `escape`, `tab`, `space`, `up`, `down`',
  ],
])('%s is refused', (meta, message) => {
  expect(faultsOf(block(meta))).toEqual([message]);
});

test('a prompt belongs into a transcript', () => {
  expect(faultsOf(block('run', '$ true'))).toEqual([
    '3: its line 1 begins with a prompt; expected commands alone, or `console` for what a terminal showed',
  ]);
});

test('other languages and fences in fences are no commands', () => {
  expect(commandBlocksIn('f', '```yaml\na: 1\n```\n````md\n```sh\nfalse\n```\n````\n').blocks).toEqual([]);
});

test('lines that a shell would go on reading are one command', async () => {
  const lines = [
    '# a word',
    'for i in 1 2',
    'do echo $i',
    'done',
    '',
    'cat <<END',
    '# text',
    'END',
    'echo a \\',
    '  b',
    "echo 'x",
    "y'",
  ];
  expect(await typedCommands(lines, 10)).toEqual([
    { line: 11, text: 'for i in 1 2\ndo echo $i\ndone' },
    { line: 15, text: 'cat <<END\n# text\nEND' },
    { line: 18, text: 'echo a \\\n  b' },
    { line: 20, text: "echo 'x\ny'" },
  ]);
});

test('what stands in a comment is no part of the lesson, and lines keep their numbers', () => {
  const text = `{/*\n${block('run', 'never')}*/}\n${block('run', 'ls')}`;
  expect(commandBlocksIn('lesson.mdx', text)).toMatchObject({
    problems: [],
    blocks: [{ line: 10, lines: ['ls'] }],
  });
});
