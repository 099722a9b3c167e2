import { expect, test } from 'vitest';
import { faultsOf, lessonMdx, lessonWith } from './course.fixture.ts';

const words = (text: string): Promise<string[]> => faultsOf(lessonWith('Words.', text));

test('links to lessons, headings, exercises and elsewhere', async () => {
  const links =
    '## What `chroot` does, and does not\n\n[a](/before-docker/chroot/#what-chroot-does-and-does-not) [b](#exercise-a-jail) [c](https://example.org/x#y) [d](/)\n\n`[e](#nowhere)`';
  expect(await words(links)).toEqual([]);
});

test.each([
  [
    '[a](/before-docker/chrot/)',
    'the link leads to `/before-docker/chrot/`, where no lesson is; expected `/MODULE/LESSON/`, `#heading` or a whole address; did you mean `/before-docker/chroot/`?',
  ],
  [
    '[a](lesson.mdx)',
    'the link leads to `lesson.mdx`, where no lesson is; expected `/MODULE/LESSON/`, `#heading` or a whole address',
  ],
  [
    '## Furnish it\n\n[a](#furnishit)',
    'the link leads to `#furnishit`, and the anchors of before-docker/chroot are: `#furnish-it`, `#exercise-a-jail`; did you mean `#furnish-it`?',
  ],
  [
    '![](./x.svg)',
    'the picture has no `alt`; expected what it says, for who cannot see it',
    'there is no file `./x.svg` beside the lesson; expected one',
  ],
  [
    '<Figure\n  src="https://example.org/x.svg"\n  alt="A tree."\n/>',
    '`src` is `https://example.org/x.svg`; expected a file beside the lesson, like `./jail.svg`: a course works without the internet',
  ],
])('%s', async (text, ...messages) => {
  const faults = await words(text);
  expect(faults.map((fault) => fault.replace(/^[^:]*:\d+:\d+: /, ''))).toEqual(messages);
  expect(faults[0]!.startsWith(`${lessonMdx}:`)).toBe(true);
});

test('the line of a link', async () => {
  expect((await words('One.\n\nTwo [a](#b).'))[0]).toContain(`${lessonMdx}:9:5: `);
});
