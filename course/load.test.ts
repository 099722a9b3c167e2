import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { courseOnDisk, faultsOf, jailDir, jailWith, jailYaml, lessonMdx } from './course.fixture.ts';
import { german } from './german.fixture.ts';
import { loadCourse } from './load.ts';

test('a sound course is read whole, in order, with ids and scripts', async () => {
  await using disk = await courseOnDisk({
    'modules/02-first-steps/module.yaml': 'title: First steps\nsummary: Real Docker at last.\n',
    'modules/01-before-docker/01-why/lesson.mdx':
      '---\ntitle: Why containers\nsummary: Say why they came about.\nminutes: 5\n---\n\nNo exercise: `<Exercise id="x" />`\n\n{/* <Exercise id="y" /> */}\n',
  });
  const course = await loadCourse(disk.contentDir);
  expect(course.modules.map((module) => [module.slug, module.number, module.title])).toEqual([
    ['before-docker', 1, 'Before Docker'],
    ['first-steps', 2, 'First steps'],
  ]);
  const [why, chroot] = course.modules[0]!.lessons;
  expect(why).toMatchObject({ id: 'before-docker/why', number: 1, minutes: 5, exercises: [] });
  expect(chroot).toMatchObject({ id: 'before-docker/chroot', file: join(disk.contentDir, lessonMdx) });
  const dir = join(disk.contentDir, jailDir);
  expect(chroot!.exercises).toEqual([
    expect.objectContaining({
      id: 'before-docker/chroot/a-jail',
      slug: 'a-jail',
      number: 1,
      dir,
      file: join(disk.contentDir, jailYaml),
      scripts: {
        setup: null,
        solve: join(dir, 'solve.sh'),
        alternatives: [join(dir, 'alt-copy.sh')],
        wrong: [
          { path: join(dir, 'wrong-plain.sh'), fails: 'inside', says: 'no process' },
          { path: join(dir, 'wrong-mode.sh'), fails: 'shell', says: 'cannot be executed' },
        ],
      },
    }),
  ]);
  expect(chroot!.exercises[0]!.exercise.checks[0]).toMatchObject({ id: 'shell', type: 'file' });
});

describe('exercise.yaml', () => {
  test.each([
    [
      'a misspelt key, with the word meant',
      jailWith('    executable: true', '    executible: true'),
      ':8:5: unknown key `executible`; expected one of `id`, `label`, `kind`, `path`, `type`, `executable`, `mode`, `uid`, `gid`, `content`, `entries`, `linkTo`; did you mean `executable`?',
    ],
    [
      'a misspelt required key, told once',
      jailWith('title: A jail', 'titel: A jail'),
      ':1:1: unknown key `titel`; expected one of `title`, `task`, `checks`, `hints`, `wrong`, `equivalent`; did you mean `title`?',
    ],
    [
      'an unknown kind',
      jailWith('kind: process', 'kind: proces'),
      /^:10:11: `kind` is `proces`; expected one of `file`, .*`process`, .*; did you mean `process`\?$/,
    ],
    [
      'text missing where a key is required',
      jailWith('    label: There is a shell\n', ''),
      ':4:5: `label` is missing; expected text',
    ],
    [
      'a number where text is asked',
      jailWith('    executable: true', '    mode: 0644'),
      ':8:11: `mode` is the number 644; expected text; put it between quotes',
    ],
    [
      'a word of none of the ways to compare',
      jailWith('{ name: { equals: sh } }', '{ name: { equal: sh } }'),
      ':12:21: unknown key `equal`; expected one of `equals`, `contains`, `matches`; did you mean `equals`?',
    ],
    [
      'two ways to compare at once',
      jailWith('{ equals: sh }', '{ equals: sh, contains: s }'),
      ':12:19: `name` is keys with values (equals, contains); expected exactly one of the keys `equals`, `contains`, `matches`',
    ],
    [
      'a comparison that is not text',
      jailWith('{ equals: sh }', '{ equals: 7 }'),
      ':12:29: `equals` is the number 7; expected text; put it between quotes',
    ],
    [
      'a regular expression that does not compile',
      jailWith('{ equals: sh }', '{ matches: "(" }'),
      ':12:30: expected a regular expression that compiles',
    ],
    [
      'a misspelt namespace',
      jailWith('      root: /srv/jail', '      namespaces: { nett: own }'),
      ':14:21: unknown key `nett`; expected one of `mnt`, `uts`, `ipc`, `pid`, `net`, `user`, `cgroup`; did you mean `net`?',
    ],
    [
      'a path with dots in it',
      jailWith('path: /srv/jail/bin/sh', 'path: /srv/../sh'),
      ':7:11: `path` is `/srv/../sh`; expected an absolute path without . or .. in it',
    ],
    [
      'a list too short',
      jailWith('  - script: wrong-mode.sh\n    fails: shell\n    says: cannot be executed\n', ''),
      ':18:3: `wrong` is a list of 1; expected at least 2 entries',
    ],
    [
      'a check that no wrong script can fail',
      jailWith('fails: inside', 'fails: insied'),
      ':19:12: no check is called insied; expected one of shell, inside',
    ],
    ['two checks of one id', jailWith('id: inside', 'id: shell'), ':9:9: check id shell is used twice'],
    [
      'a facet that means nothing for the type',
      jailWith('    executable: true', '    type: absent\n    executable: true'),
      ':9:17: `executable` means nothing where `type` is `absent`; leave it out or change `type`',
    ],
    [
      'a process that could be any',
      jailWith('find: { name: { equals: sh } }', 'find: {}'),
      /^:12:11: `find` is empty, so that any process of the machine would do; expected `name`/,
    ],
    [
      'a script named but absent',
      jailWith('script: wrong-plain.sh', 'script: wrong-plane.sh'),
      ':18:13: there is no file `wrong-plane.sh` beside this; expected one; did you mean `wrong-plain.sh`?',
    ],
    ['text that is not YAML', jailWith('hints:', 'hints: [a'), /^:\d+:\d+: not YAML: /],
    [
      'a number between quotes',
      jailWith('    executable: true', "    executable: 'true'"),
      /^:\d+:\d+: `executable` is `true`; expected true or false, without quotes/,
    ],
    ['an empty document', { [jailYaml]: '' }, ':1:1: the document is empty; expected keys with values'],
  ])('%s', async (_, changes, expected) => {
    const first = (await faultsOf(changes))[0]!;
    expect(first).toMatch(new RegExp(`^${jailYaml}`));
    const said = first.slice(jailYaml.length);
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  test('a misspelt required key is one fault, not two', async () => {
    expect(await faultsOf(jailWith('title: A jail', 'titel: A jail'))).toHaveLength(1);
  });
});

test('of YAML that cannot be read the first fault is told, and nothing of what follows from it', async () => {
  const faults = await faultsOf(jailWith('  - id: shell', '  - id: shell\n   kind: file'));
  expect(faults.filter((fault) => fault.includes('not YAML'))).toHaveLength(1);
});

test('a translation is judged once its original is sound', async () => {
  const broken = { 'modules/01-before-docker/module.yaml': 'title: Before Docker\n' };
  expect(await faultsOf({ ...german, ...broken })).toEqual([
    'modules/01-before-docker/module.yaml:1:1: `summary` is missing; expected text',
  ]);
});
