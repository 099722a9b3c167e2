import { expect, test } from 'vitest';
import { lessonWith, faultsOf } from './course.fixture.ts';
import { german, germanWith } from './german.fixture.ts';

const file = 'modules/01-before-docker/02-chroot/lesson.mdx';

test.for([
  ['a {name} b', 3, '`{` is of an expression, which a lesson has none of; expected `\\{`'],
  ['{{.Names}}', 1, '`{` is of an expression'],
  ['if a < b', 6, '`<` begins a tag, and none follows; expected `\\<`'],
  ['see <https://example.org>', 5, '`<` begins a tag'],
  ['<!-- later -->', 1, '`<!--` begins no comment in a lesson; expected `{/* … */}`'],
  ['<Aside>words', 1, '`<Aside>` is never closed; expected `</Aside>` behind it'],
  ['one<br>two', 4, '`<br>` is never closed'],
  ['the <none> image', 5, '`<none>` is never closed'],
  ['<CanDo><b>x</CanDo>', 8, '`<b>` is never closed'],
  ['words</Aside>', 6, '`</Aside>` closes nothing; expected `<Aside>` before it'],
] as const)('%s', async ([words, column, message]) => {
  const [fault] = await faultsOf(lessonWith('Words.', words));
  expect(fault).toContain(`${file}:7:${column}: ${message}`);
});

test.for([
  '`a {b} < c` and ``x ` {y}`` and \\{ \\} \\<',
  'a span `that is\nwrapped {here} <so>` and goes on',
  '```sh\necho {a,b} < c\n```',
  '{/* <Aside> { */}',
  '<Aside kind="note" title="a > b {c}">\n\nWords.<br />\n\n</Aside>',
  'a -> b, a > b, [x](https://example.org)',
])('%s is no fault', async (words) => {
  expect(await faultsOf(lessonWith('Words.', words))).toEqual([]);
});

test('a translation is asked the same', async () => {
  const faults = await faultsOf({ ...german, ...germanWith('chroot/lesson.mdx', 'Wörter.', 'Wörter {x.') });
  expect(faults).toEqual([expect.stringContaining('`{` is of an expression')]);
});
