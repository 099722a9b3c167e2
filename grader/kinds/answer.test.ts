import { describe, expect, test } from 'vitest';
import { said, verdictOn } from '../check.fixture.ts';
import { containerOf, idOf, imageOf, type LiteralMachine } from '../observer.fixture.ts';

const release = { kind: 'answer', source: { from: 'kernel', field: 'release' } };
const kernel = { release: '6.1.0-18-amd64', version: '#1 SMP Debian', machine: 'x86_64' };
const containerId = {
  kind: 'answer',
  compare: 'id',
  source: { from: 'container', find: { image: 'nginx' }, field: 'Id' },
};
const imageId = { kind: 'answer', compare: 'id', source: { from: 'image', reference: 'nginx', field: 'Id' } };
const docker: LiteralMachine = {
  containers: [containerOf('abcd'), containerOf('beef', { name: 'other', Image: 'busybox' })],
  images: [
    { ...imageOf('fade', 'nginx:latest'), RepoDigests: [`nginx@sha256:${'d'.repeat(64)}`] },
    imageOf('cafe', 'busybox:latest'),
  ],
};

test('nothing typed is waited for, and nothing is looked at', async () => {
  expect(await verdictOn(release, { kernel })).toMatchObject({
    status: 'waiting',
    sentence: 'Type your answer to have it checked.',
  });
  expect(await said(release, { kernel }, '  "" ')).toMatch(/^waiting/);
});

test.each([
  '6.1.0-18-amd64',
  '  6.1.0-18-amd64\n',
  '"6.1.0-18-amd64"',
  "'6.1.0-18-amd64'",
  '`6.1.0-18-amd64`',
])('outer spaces and quotes do not count: %s', async (typed) => {
  expect(await said(release, { kernel }, typed)).toBe('pass: `6.1.0-18-amd64` is what your machine says.');
});

describe('a wrong answer is helped on and never told', () => {
  test.each([
    [
      release,
      '6.1.0',
      'That is not what your machine says. The release of the kernel (its version number) is asked for.',
    ],
    [release, '6.1.0-18-AMD64', 'That is not what your machine says. Only upper and lower case differ.'],
    [
      release,
      'Linux 6.1.0-18-amd64',
      'That is not what your machine says. The answer is in there, with more around it: type the answer alone.',
    ],
    [
      release,
      '6.1.0-18-amd',
      'That is not what your machine says. That is only the beginning of it: type it whole.',
    ],
    [
      release,
      'x86_64',
      'That is not what your machine says. That is the machine type of the kernel; the release of the kernel (its version number) is asked for.',
    ],
    [
      containerId,
      'abc',
      'That is too short to tell one id from another: type at least its first 4 characters.',
    ],
    [
      containerId,
      'fade',
      "That is not what your machine says. That is the id of an image; a container's is asked for.",
    ],
    [containerId, 'beef', 'That is not what your machine says. That is the id of another container.'],
    [
      containerId,
      'web',
      'That is not what your machine says. That is the name of a container; an id is asked for.',
    ],
    [containerId, '1234', 'That is not what your machine says. Nothing there has an id that begins so.'],
    [containerId, 'a b', 'An id is one word of the digits 0 to 9 and the letters a to f.'],
    [
      imageId,
      'abcd',
      "That is not what your machine says. That is the id of a container; an image's is asked for.",
    ],
    [
      imageId,
      'nginx',
      'That is not what your machine says. That is the name of an image; an id is asked for.',
    ],
    [
      imageId,
      'nginx:latest',
      'That is not what your machine says. That is the name of an image; an id is asked for.',
    ],
    [
      imageId,
      `sha256:${'d'.repeat(64)}`,
      'That is not what your machine says. That is the digest of an image, its name in a registry; the id of the image is asked for.',
    ],
    [imageId, 'sha256:', 'The id is what comes after `sha256:`.'],
  ])('%#', async (check, typed, sentence) => {
    const verdict = await verdictOn(
      check,
      { ...docker, kernel: { ...kernel, release: '6.1.0-18-amd64' } },
      typed,
    );
    expect(`${verdict.status}: ${verdict.sentence}`).toBe(`fail: ${sentence}`);
    const told = [verdict.sentence, verdict.expected, verdict.where].join(' ');
    for (const secret of [kernel.release, idOf('abcd'), idOf('fade')]) expect(told).not.toContain(secret);
  });
});

test.each(['abcd', 'ABCD0000', `sha256:${idOf('fade')}`.slice(0, 20), idOf('abcd')])(
  'an id by its beginning: %s',
  async (typed) => {
    const check = typed.startsWith('sha256') ? imageId : containerId;
    expect(await said(check, docker, typed)).toMatch(/^pass/);
  },
);

test('a field of docker inspect, of any container found', async () => {
  const check = {
    kind: 'answer',
    source: { from: 'container', find: { image: 'debian' }, field: 'Config.Hostname' },
  };
  const machine = {
    containers: [containerOf('a', { Image: 'debian' }), containerOf('b', { Image: 'debian' })],
    details: { [idOf('a')]: { Config: { Hostname: 'one' } }, [idOf('b')]: { Config: { Hostname: 'two' } } },
  };
  expect(await said(check, machine, 'two')).toMatch(/^pass/);
  expect(await said(check, machine, 'sandbox')).toBe(
    'fail: That is not what your machine says. The host name of a container from `debian` is asked for.',
  );
  const files = { '/etc/hostname': { exists: true, type: 'file' as const, text: 'sandbox\n' } };
  expect(await said(check, { ...machine, files }, 'sandbox')).toBe(
    "fail: That is not what your machine says. That is the host name of your machine; the container's is asked for.",
  );
  const named = { ...machine, containers: [containerOf('abcd', { name: 'cabin', Image: 'debian' })] };
  const inspected = { ...named, details: { [idOf('abcd')]: { Config: { Hostname: 'one' } } } };
  for (const [typed, told] of [
    ['cabin', 'That is the name by which Docker knows a container; its host name is asked for.'],
    [idOf('abcd'), 'That is the id of a container; its host name is asked for.'],
    ['root@one:/#', 'The answer is in there, with more around it: type the answer alone.'],
  ] as const) {
    expect(await said(check, inspected, typed)).toBe(`fail: That is not what your machine says. ${told}`);
  }
  expect(await said(check, {}, 'one')).toBe(
    'waiting: There is no container from `debian` yet, so there is nothing to compare your answer with.',
  );
});

test('numbers are compared as integers', async () => {
  const check = { kind: 'answer', compare: 'number', source: { from: 'docker-info', field: 'Containers' } };
  expect(await said(check, { info: { Containers: 3 } }, '03')).toMatch(/^pass/);
  expect(await said(check, { info: { Containers: 3 } }, 'three')).toBe(
    'fail: A whole number is asked for, like 42.',
  );
  expect(await said(check, { info: { Containers: 3 } }, '4')).toMatch(/number of containers/);
  expect(await said(check, { info: { Containers: {} } }, '4')).toMatch(
    /^could-not-look: .*Docker did not tell it/,
  );
});

test('a pattern picks the answer out of a file', async () => {
  const check = { kind: 'answer', source: { from: 'file', path: '/etc/os-release', pattern: '^ID=(\\w+)$' } };
  const files = { '/etc/os-release': { exists: true, type: 'file' as const, text: 'NAME=x\nID=debian\n' } };
  expect(await said(check, { files }, 'debian')).toMatch(/^pass/);
  expect(await said(check, { files: {} }, 'debian')).toMatch(/^waiting: There is no `\/etc\/os-release` yet/);
});

test('a field reached only through the prototype is none', async () => {
  const check = { kind: 'answer', source: { from: 'docker-info', field: 'constructor.name' } };
  expect(await said(check, { info: {} }, 'Object')).toMatch(/^could-not-look/);
});

describe('an expression over the machine', () => {
  const running = {
    kind: 'answer',
    compare: 'number',
    source: { from: 'expression', value: 'count(containers, it.State == "running")' },
  };
  const name = {
    kind: 'answer',
    source: { from: 'expression', value: 'split(first(containers).Names[0], "/")[1]' },
  };
  const machine = { containers: [containerOf('a'), containerOf('b', { name: 'db', State: 'exited' })] };

  test.each([
    [running, '1', 'pass: `1` is what your machine says.'],
    [running, '01', 'pass: `01` is what your machine says.'],
    [running, '2', 'fail: That is not what your machine says.'],
    [running, 'one', 'fail: A whole number is asked for, like 42.'],
    [name, 'web', 'pass: `web` is what your machine says.'],
    [name, 'WEB', 'fail: That is not what your machine says. Only upper and lower case differ.'],
    [name, 'db', 'fail: That is not what your machine says.'],
  ])('%#', async (check, typed, sentence) => {
    expect(await said(check, machine, typed)).toBe(sentence);
  });

  test('what it asks about may not be there yet', async () => {
    expect(await said(name, { containers: [] }, 'web')).toBe(
      'waiting: What this asks about is not there yet, so there is nothing to compare your answer with.',
    );
    expect(await said(running, { docker: 'down' }, '1')).toMatch(/^could-not-look: Docker is not running/);
  });

  test('what is more than can be worked out could not be looked at', async () => {
    const value = 'count(words(file("/x")), count(words(file("/x")), true) > 1)';
    const files = { '/x': { exists: true, type: 'file' as const, text: 'a '.repeat(30_000) } };
    const check = { kind: 'answer', source: { from: 'expression', value } };
    expect(await said(check, { files }, '1')).toMatch(/^could-not-look: .*there is too much of it/);
  });
});
