import { expect, test } from 'vitest';
import { courseOnDisk, faultsOf, lessonWith } from './course.fixture.ts';
import { german, germanWith } from './german.fixture.ts';
import { loadCourse } from './load.ts';

const place = 'languages/de/before-docker';

test('a language tells which lessons it has', async () => {
  await using course = await courseOnDisk(german);
  const { languages } = await loadCourse(course.contentDir);
  expect(languages).toEqual([{ code: 'de', name: 'Deutsch', lessons: ['before-docker/chroot'] }]);
});

test('what is not translated yet is no fault', async () => {
  expect(
    await faultsOf({
      ...german,
      [`${place}/chroot/a-jail.yaml`]: null,
      [`${place}/chroot/lesson.mdx`]: null,
    }),
  ).toEqual([]);
});

test.each([
  [
    germanWith('chroot/a-jail.yaml', '  inside: Darin läuft eine Shell\n', ''),
    `${place}/chroot/a-jail.yaml:4:3: check \`inside\` has no label here; expected one for each check of the original`,
  ],
  [
    germanWith('chroot/a-jail.yaml', 'inside:', 'insid:'),
    `${place}/chroot/a-jail.yaml:5:10: the original has no check \`insid\`; expected one of \`shell\`, \`inside\`; did you mean \`inside\`?`,
  ],
  [
    germanWith('chroot/lesson.mdx', '<Exercise id="a-jail" />', ''),
    `${place}/chroot/lesson.mdx: it places 0 exercises; expected those of the original, each once: \`a-jail\``,
  ],
  [
    germanWith('chroot/lesson.mdx', 'Wörter.', '```sh run\nls\n```'),
    `${place}/chroot/lesson.mdx:6:1: the shell blocks differ from those of modules/01-before-docker/02-chroot/lesson.mdx; expected no further one`,
  ],
  [
    germanWith('chroot/lesson.mdx', 'Wörter.', '[Wörter](#wort)'),
    `${place}/chroot/lesson.mdx:6:1: the link leads to \`#wort\`, and the anchors of this lesson are: \`#exercise-a-jail\``,
  ],
  [
    germanWith('languages/de/language.yaml', 'name: Deutsch\n', ''),
    'languages/de/language.yaml:1:1: `name` is missing; expected text',
  ],
  [
    { ...german, [`${place}/chrot/lesson.mdx`]: '' },
    `${place}/chrot: the course has no lesson \`chrot\`; expected one of \`chroot\`; did you mean \`chroot\`?`,
  ],
  [
    { 'languages/deutsch/language.yaml': '' },
    'languages/deutsch: `deutsch` is no language; expected a folder like `de` or `pt-br`',
  ],
])('a translation that does not fit, %#', async (changes, fault) => {
  expect(await faultsOf(changes)).toContain(fault);
});

test('a command of the original that was changed is missed in the translation', async () => {
  const original = lessonWith('Words.', '```sh run\nls /\n```');
  const faults = await faultsOf({
    ...germanWith('chroot/lesson.mdx', 'Wörter.', '```sh run\nls\n```'),
    ...original,
  });
  expect(faults).toEqual([
    `${place}/chroot/lesson.mdx:6:1: the shell blocks differ from those of modules/01-before-docker/02-chroot/lesson.mdx; expected \`ls /\`, marked as it is there`,
  ]);
});

test('a transcript that was left out would have Run type what stands elsewhere', async () => {
  const blocks = ['```console', 'hello', '```', '', '```sh run', 'ls', '```'];
  const original = lessonWith('Words.', blocks.join('\n'));
  const faults = await faultsOf({
    ...germanWith('chroot/lesson.mdx', 'Wörter.', blocks.slice(4).join('\n')),
    ...original,
  });
  expect(faults).toEqual([
    `${place}/chroot/lesson.mdx:6:1: block 1 of the lesson is one of \`sh\`; expected one of \`console\`, as in modules/01-before-docker/02-chroot/lesson.mdx, because Run finds its commands by their place`,
  ]);
});
