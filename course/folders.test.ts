import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  courseOnDisk,
  faultsOf,
  jailDir,
  jailWith,
  jailYaml,
  lessonMdx,
  lessonWith,
} from './course.fixture.ts';
import { loadCourse } from './load.ts';
import { CourseInvalid, problemWithGuide } from './problem.ts';

describe('lesson.mdx', () => {
  test.each([
    [
      'no frontmatter',
      { [lessonMdx]: '# Hello\n\n<Exercise id="a-jail" />\n' },
      ':1:1: the file does not begin with frontmatter; expected `title`, `summary` and `minutes` between two lines of `---`',
    ],
    [
      'a fault in the frontmatter, counted from the top of the file',
      lessonWith('minutes: 15', 'minutes: long'),
      ':4:10: `minutes` is `long`; expected a number',
    ],
    [
      'an exercise that does not exist',
      lessonWith('<Exercise id="a-jail" />', '<Exercise id="a-jail" />\n\n  <Exercise id="a-jial" />'),
      ':11:3: there is no exercise `a-jial`; expected one of `a-jail`; did you mean `a-jail`?',
    ],
    [
      'an exercise placed twice',
      lessonWith('<Exercise id="a-jail" />', '<Exercise id="a-jail" />\n<Exercise id="a-jail" />'),
      ':10:1: exercise `a-jail` is placed twice; expected each once',
    ],
    [
      'an exercise without an id',
      lessonWith('Words.', '<Exercise />'),
      ':7:1: this has no id in quotes; expected `<Exercise id="a-jail" />`',
    ],
  ])('%s', async (_, changes, expected) => {
    expect(await faultsOf(changes)).toEqual([`${lessonMdx}${expected}`]);
  });

  test('an exercise never placed', async () => {
    const faults = await faultsOf(
      lessonWith('<Exercise id="a-jail" />', '```\n<Exercise id="a-jail" />\n```'),
    );
    expect(faults).toEqual([
      `${lessonMdx}: exercise \`a-jail\` (exercises/1-a-jail) is never placed; expected \`<Exercise id="a-jail" />\` where it belongs`,
    ]);
  });
});

describe('folders', () => {
  test.each([
    [
      'no lesson.mdx',
      { [lessonMdx]: null },
      `${lessonMdx}: there is no such file; expected one in each lesson folder`,
    ],
    [
      'no module.yaml',
      { 'modules/01-before-docker/module.yaml': null },
      'modules/01-before-docker/module.yaml: there is no such file; expected `title` and `summary` in it',
    ],
    [
      'no exercise.yaml',
      { [jailYaml]: null },
      `${jailYaml}: there is no such file; expected one in each exercise folder`,
    ],
    [
      'no solution',
      { [`${jailDir}/solve.sh`]: null },
      `${jailDir}/solve.sh: there is no such file; expected the model solution, which makes every check pass`,
    ],
    [
      'no alternative',
      { [`${jailDir}/alt-copy.sh`]: null },
      `${jailDir}: there is no \`alt-*.sh\`; expected at least one other way to the same state, like \`alt-by-hand.sh\``,
    ],
    [
      'a wrong script that nothing names',
      { [`${jailDir}/wrong-more.sh`]: 'true\n' },
      `${jailDir}/wrong-more.sh: no entry of \`wrong\` in exercise.yaml names this script; expected one with \`script\`, \`fails\` and \`says\``,
    ],
    [
      'a file that does not belong',
      { [`${jailDir}/solv.sh`]: 'true\n' },
      `${jailDir}/solv.sh: unknown file; expected \`exercise.yaml\`, \`setup.sh\`, \`solve.sh\`, \`alt-*.sh\` and \`wrong-*.sh\`; did you mean \`solve.sh\`?`,
    ],
    [
      'a folder without a number',
      { 'modules/extras/module.yaml': '' },
      'modules/extras: the folder has no number or no slug; expected a name like `02-chroot`: a number, a hyphen, lower-case words joined by hyphens',
    ],
    [
      'two folders of one number',
      { 'modules/01-other/module.yaml': 'title: Other\nsummary: Another of that number.\n' },
      'modules/01-other: its number 1 is also that of modules/01-before-docker; expected each number and slug once',
    ],
  ])('%s', async (_, changes: Record<string, string | null>, expected) => {
    expect(await faultsOf(changes)).toEqual([expected]);
  });

  test('every fault is told at once', async () => {
    const faults = await faultsOf({
      ...jailWith('kind: process', 'kind: proces'),
      ...lessonWith('minutes: 15', 'minutes: 1'),
      [`${jailDir}/solv.sh`]: '',
    });
    expect(faults).toHaveLength(3);
  });

  test('the error is coded and its message tells each fault', async () => {
    await using course = await courseOnDisk({ [lessonMdx]: null, [jailYaml]: null });
    const error: unknown = await loadCourse(course.contentDir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CourseInvalid);
    const { code, message, problems } = error as CourseInvalid;
    expect(code).toBe('EXERCISE_INVALID');
    expect(message).toBe(`2 faults in the course:\n  ${problems.map(problemWithGuide).join('\n  ')}`);
  });

  test('an empty content folder is a fault', async () => {
    await using course = await courseOnDisk();
    await expect(loadCourse(join(course.contentDir, 'nowhere'))).rejects.toThrow(
      /nowhere\/modules: there is no module here/,
    );
  });
});
