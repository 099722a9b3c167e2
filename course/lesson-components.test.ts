import { expect, test } from 'vitest';
import { faultsOf, lessonWith } from './course.fixture.ts';
import { german, germanWith } from './german.fixture.ts';

const file = 'modules/01-before-docker/02-chroot/lesson.mdx';

test.each([
  [
    '<Exersise id="x" />',
    'there is no `<Exersise>`',
    'Exercise`, `Aside`, `Figure`, `CanDo`, `ReadOn`; did you mean `Exercise',
  ],
  ['<Aside kind="warn">', 'an `<Aside>` of kind `warn` is unknown', 'note`, `history`, `warning'],
  [
    "<Aside title='x' kind='notes'>",
    'an `<Aside>` of kind `notes` is unknown',
    'note`, `history`, `warning`; did you mean `note',
  ],
])('%s', async (tag, found, expected) => {
  const [fault] = await faultsOf(lessonWith('Words.', `Words.\n\nMore ${tag}`));
  expect(fault).toMatch(new RegExp(`^${file}:\\d+:6: `));
  expect(fault).toContain(`${found}; expected one of \`${expected}\``);
});

test('what is only shown is no component', async () => {
  const shown = ['`<Exersise>`', '```html', '<Aside kind="x">', '```', '{/* <Nothing /> */}'];
  expect(await faultsOf(lessonWith('Words.', shown.join('\n')))).toEqual([]);
});

test('a translation is asked the same', async () => {
  const faults = await faultsOf({
    ...german,
    ...germanWith('chroot/lesson.mdx', 'Wörter.', '<Asside>Wörter.</Asside>'),
  });
  expect(faults).toEqual([expect.stringContaining('there is no `<Asside>`; expected one of')]);
});
