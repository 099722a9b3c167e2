import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { courseOnDisk } from '../course.fixture.ts';
import { exercisesOf } from '../course.ts';
import { loadCourse } from '../load.ts';
import { importScenario } from './import-scenario.ts';
import { headingOf, lessonTextOf } from './scenario-text.ts';

const index = {
  title: 'Files by hand',
  description: 'Write a file, and a second one from it.',
  time: '10 minutes',
  details: {
    intro: { text: 'intro.md', background: 'prepare.sh' },
    steps: [
      { title: 'Write a file', text: 'step1.md', verify: 'verify1.sh' },
      { title: 'Copy it', text: 'step2.md', verify: 'verify2.sh', foreground: 'typed.sh' },
    ],
    finish: { text: 'finish.md' },
    assets: { host01: [{ file: 'hello.txt', target: '/root/in', chmod: '600' }] },
  },
  backend: { imageid: 'ubuntu' },
};

async function scenario(files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'scenario-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  for (const [name, text] of Object.entries({ 'index.json': JSON.stringify(index), ...files })) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  return dir;
}

const files = {
  'intro.md': 'Welcome.\n',
  'prepare.sh': 'touch /root/prepared\n',
  'step1.md':
    '# Write a file\n\nFirst:\n\n`mkdir /root/out`{{execute}}\n\n```\ncp /root/in/hello.txt /root/out/a\n```{{exec}}\n',
  'step2.md': 'Then `cp /root/out/a /root/out/b`{{exec}}.\n',
  'verify1.sh': 'test -s /root/out/a\n',
  'verify2.sh': 'cmp /root/out/a /root/out/b\n',
  'finish.md': 'Done.\n',
  'assets/hello.txt': 'hello\n',
};

test('a scenario becomes a lesson that loads, with an exercise for each verified step', async () => {
  await using course = await courseOnDisk();
  const { contentDir } = course;
  const { left } = await importScenario({
    scenarioDir: await scenario(files),
    contentDir,
    name: 'before-docker/by-hand',
  });
  const exercises = exercisesOf(await loadCourse(contentDir)).slice(1);
  expect(exercises.map(({ id }) => id)).toEqual([
    'before-docker/by-hand/write-a-file',
    'before-docker/by-hand/copy-it',
  ]);
  expect(exercises[1]!.exercise.checks).toMatchObject([{ kind: 'script', run: files['verify2.sh'] }]);
  const scripts = await Promise.all(
    exercises.map(({ scripts: { solve, setup } }) =>
      Promise.all([readFile(solve, 'utf8'), readFile(setup!, 'utf8')]),
    ),
  );
  expect(scripts[0]![0]).toBe('mkdir /root/out\ncp /root/in/hello.txt /root/out/a\n');
  expect(scripts[1]![0]).toBe(`${scripts[0]![0]}cp /root/out/a /root/out/b\n`);
  expect(scripts[1]![1]).toContain(`base64 -d > '/root/in/hello.txt'`);
  expect(scripts[1]![1]).toContain('touch /root/prepared');
  expect(left.join('\n')).toContain('typed.sh was typed into the terminal by itself');
  const lastLeftOut =
    'wrong-all-but-the-last.sh leaves out the last command alone, and may still solve the step';
  expect(left.filter((each) => each.includes(lastLeftOut)).map((each) => each.split(':', 1)[0])).toEqual([
    'step 1, Write a file',
    'step 2, Copy it',
  ]);
});

test('what is missing is said, and what lies beside the folder is not read', async () => {
  await using course = await courseOnDisk();
  const dir = await scenario({ ...files, 'step2.md': '![A cup](./cup.png)\n', 'verify2.sh': '' });
  await writeFile(join(dir, 'index.json'), JSON.stringify(index).replace('verify1.sh', '../../etc/passwd'));
  const { left } = await importScenario({
    scenarioDir: dir,
    contentDir: course.contentDir,
    name: 'before-docker/by-hand',
  });
  expect(left.join('\n')).toContain('../../etc/passwd is named by index.json and is not there');
  expect(left.join('\n')).toContain('there is no file `./cup.png` beside the lesson');
});

test('a step of one command has no near miss yet', async () => {
  await using course = await courseOnDisk();
  const one = { ...files, 'step1.md': 'First `mkdir /root/out`{{exec}}.\n' };
  const { left } = await importScenario({
    scenarioDir: await scenario(one),
    contentDir: course.contentDir,
    name: 'before-docker/by-hand',
  });
  expect(left).toContain(
    'step 1, Write a file: wrong-all-but-the-last.sh does nothing, since there is one command at most; write a near miss',
  );
});

test('a folder without a scenario is refused', async () => {
  await using course = await courseOnDisk();
  const { contentDir } = course;
  const importing = (text: string) =>
    scenario({ 'index.json': text }).then((scenarioDir) =>
      importScenario({ scenarioDir, contentDir, name: 'before-docker/x' }),
    );
  await expect(
    importScenario({ scenarioDir: contentDir, contentDir, name: 'before-docker/x' }),
  ).rejects.toThrow("expected a scenario's folder");
  await expect(importing('{')).rejects.toThrow('is not JSON');
  await expect(importing('{"title":"x","details":{"steps":[]}}')).rejects.toThrow('details.steps');
});

test.each([
  ['`a b`{{copy}} and `c`{{execute}}.', '`a b` and `c`.\n\n```sh run\nc\n```'],
  ['- `only`{{exec interrupt}}', '```sh run\nonly\n```'],
  ['```yaml\na: {b}\n```{{copy}}', '```yaml\na: {b}\n```'],
  ['```\nout\n```', '```text\nout\n```'],
  ['# T\n\n## Deep {x} <y>', '### Deep \\{x\\} \\<y>'],
  ['<https://example.org/> a<br>b', '[https://example.org/](https://example.org/) a<br />b'],
  ['[a](b.md) [c](https://d)', 'a [c](https://d)'],
])('%s', (markdown, mdx) => {
  expect(lessonTextOf(markdown, { title: 'T' }).mdx).toBe(mdx);
});

test('braces and angle brackets of a step’s name stay words', () => {
  expect(headingOf('Tidy <none> by {{.ID}}, `a {b}`')).toBe('## Tidy \\<none> by \\{\\{.ID\\}\\}, `a {b}`');
});
