import { describe, expect, test } from 'vitest';
import { said, verdictOn } from '../check.fixture.ts';
import { containerOf, detailOf, idOf, imageOf } from '../observer.fixture.ts';

const web = { kind: 'container', find: { name: 'web' }, expect: { image: 'nginx', state: 'running' } };
const busybox = { kind: 'container', find: { image: 'busybox' } };
const box = (id: string, changes: Parameters<typeof containerOf>[1] = {}): Record<string, unknown> =>
  containerOf(id, {
    name: `box-${id}`,
    Image: 'busybox',
    State: 'exited',
    Status: 'Exited (0) 2 seconds ago',
    ...changes,
  });

test('a container as asked passes', async () => {
  expect(await verdictOn(web, { containers: [containerOf('a')] })).toMatchObject({
    status: 'pass',
    sentence: 'Container `web` from `nginx` is running.',
    expected: 'container called `web`, from image `nginx`, that is running',
  });
});

test('what passes is told as it is now', async () => {
  const status = (State: string, Status: string) => ({ containers: [containerOf('a', { State, Status })] });
  const named = { kind: 'container', find: { name: 'web' } };
  expect(await said(named, status('created', 'Created'))).toBe(
    'pass: Container `web` from `nginx` was created but has not started.',
  );
  expect(await said(named, status('exited', 'Exited (3) 1 second ago'))).toBe(
    'pass: Container `web` from `nginx` ran and ended with exit code 3.',
  );
  expect(await said(named, status('exited', 'odd'))).toBe('pass: Container `web` from `nginx` has ended.');
});

describe('no container found', () => {
  test.each([
    [web, [], 'There is no container called `web` yet.'],
    [busybox, [], 'There is no container from `busybox` yet.'],
    [
      busybox,
      [containerOf('a')],
      'There is no container from `busybox` yet; the newest one is `web`, from `nginx`.',
    ],
    [
      { kind: 'container', find: { name: 'web', image: 'nginx' } },
      [containerOf('a', { Image: 'busybox' })],
      'Container `web` is running, but from image `busybox`; the task asks for `nginx`.',
    ],
    [
      { kind: 'container', find: { name: 'web', image: 'nginx' } },
      [containerOf('a', { name: 'wbe' })],
      'There is a container from `nginx`, but it is called `wbe`; the task asks for the name `web`.',
    ],
  ])('%#', async (check, containers, sentence) => {
    expect(await said(check, { containers })).toBe(`fail: ${sentence}`);
  });
});

describe('near misses', () => {
  test.each([
    [
      web,
      containerOf('a', { Image: 'busybox' }),
      {},
      'Container `web` is running, but from image `busybox`; the task asks for `nginx`.',
    ],
    [
      web,
      containerOf('a', { State: 'exited', Status: 'Exited (3) 1 second ago' }),
      {},
      'Container `web` has ended (exit code 3); the task asks for one that is running.',
    ],
    [
      web,
      containerOf('a', { State: 'sing`ing' }),
      {},
      "Container `web` is in the state `sing'ing`; the task asks for one that is running.",
    ],
    [
      { ...busybox, expect: { exitCode: 0 } },
      box('a'),
      { ExitCode: 1 },
      'Container `box-a` ran and ended with exit code 1; 0 is asked for.',
    ],
    [
      { ...busybox, expect: { exitCode: 0 } },
      box('a', { State: 'running', Status: 'Up' }),
      {},
      'Container `box-a` is running, so it has no exit code yet.',
    ],
    [
      { ...busybox, expect: { command: { contains: 'date' } } },
      box('a'),
      { command: ['sh', '-c', 'time'] },
      'The command of container `box-a` is `sh -c time`; the task asks for something with `date` in it.',
    ],
    [
      { ...busybox, expect: { program: 'date' } },
      box('a'),
      { command: ['sh', '-c', 'echo date; ls'] },
      'The command of container `box-a` is `sh -c echo date; ls`, which runs `sh`, `echo` and `ls`; the task asks for the program `date`.',
    ],
    [
      { ...busybox, expect: { tty: true, openStdin: true } },
      box('a'),
      { OpenStdin: true },
      'Container `box-a` was made without a terminal of its own (`-t`); the task asks for one with it.',
    ],
    [
      { ...busybox, expect: { hostname: 'box' } },
      box('a'),
      { Hostname: 'fox' },
      'The host name of container `box-a` is `fox`; the task asks for `box`.',
    ],
    [
      { ...busybox, expect: { program: 'date', state: 'exited', exitCode: 0 } },
      box('a', { State: 'running', Status: 'Up' }),
      { command: ['sleep', '100'] },
      'The command of container `box-a` is `sleep 100`, which runs `sleep`; the task asks for the program `date`.',
    ],
    [
      { ...busybox, expect: { program: 'date', state: 'exited', exitCode: 0 } },
      box('a', { State: 'created', Status: 'Created' }),
      { command: ['date -u'] },
      'Container `box-a` was told to run `date -u`, with its spaces the name of one program; the task asks for the program `date`.',
    ],
    [
      { ...busybox, expect: { state: 'exited', hostname: 'box', image: 'nginx' } },
      box('a', { State: 'running', Status: 'Up' }),
      { Hostname: 'fox' },
      'Container `box-a` is running, but from image `busybox`; the task asks for `nginx`.',
    ],
  ])('%#', async (check, container, detail, sentence) => {
    const machine = { containers: [container], details: { [idOf('a')]: detailOf(detail) } };
    expect(await said(check, machine)).toBe(`fail: ${sentence}`);
  });

  test('of several, the one that meets most is explained', async () => {
    const check = { ...busybox, expect: { state: 'exited', tty: true, openStdin: true } };
    const containers = [box('a', { State: 'created' }), box('b'), box('c')];
    const details = {
      [idOf('a')]: detailOf({}),
      [idOf('b')]: detailOf({ OpenStdin: true }),
      [idOf('c')]: detailOf({}),
    };
    expect(await said(check, { containers, details })).toMatch(
      /^fail: Container `box-b` was made without a terminal/,
    );
  });
});

test('of equals, the one that need not be made anew is explained', async () => {
  const check = { ...busybox, expect: { state: 'running', tty: true } };
  const containers = [box('a', { State: 'running' }), box('b')];
  const details = { [idOf('a')]: detailOf({}), [idOf('b')]: detailOf({ Tty: true }) };
  expect(await said(check, { containers, details })).toBe(
    'fail: Container `box-b` has ended (exit code 0); the task asks for one that is running.',
  );
});

describe('image matching', () => {
  const tagMoved = containerOf('a', { Image: `sha256:${idOf('1')}`, ImageID: `sha256:${idOf('1')}` });

  test('a container whose image is shown as an id is found through the list of images', async () => {
    const check = { kind: 'container', find: { image: 'nginx' } };
    expect(await said(check, { containers: [tagMoved], images: [imageOf('1', 'nginx:latest')] })).toMatch(
      /^pass/,
    );
    expect(await said(check, { containers: [tagMoved], images: [imageOf('2', 'nginx:latest')] })).toMatch(
      /^fail: .*from `100000000000`/,
    );
  });
});

describe('count', () => {
  const two = { ...busybox, expect: { exitCode: 0 }, count: 2 };

  test('as many as asked', async () => {
    const details = { [idOf('a')]: detailOf({}), [idOf('b')]: detailOf({}) };
    expect(await said(two, { containers: [box('a'), box('b')], details })).toBe(
      'pass: 2 containers are as asked, `box-a` for one.',
    );
  });

  test('too few, with what keeps the next from counting', async () => {
    const details = { [idOf('a')]: detailOf({}), [idOf('b')]: detailOf({ ExitCode: 2 }) };
    expect(await said(two, { containers: [box('a')], details })).toBe(
      'fail: So far 1 of the 2 containers asked for is there.',
    );
    expect(await said(two, { containers: [box('a'), box('b')], details })).toBe(
      'fail: So far 1 of the 2 containers asked for is there. Container `box-b` ran and ended with exit code 2; 0 is asked for.',
    );
  });
});

test('a container that goes between two looks is not there', async () => {
  const check = { ...busybox, expect: { exitCode: 0 } };
  expect(await said(check, { containers: [box('a')] })).toBe(
    'fail: There is no container from `busybox` yet.',
  );
});

test('an id that is none never becomes part of a path', async () => {
  const check = { ...busybox, expect: { exitCode: 0 } };
  const containers = [{ ...box('a'), Id: '../../x' }];
  expect(await said(check, { containers })).toBe('fail: There is no container from `busybox` yet.');
});
