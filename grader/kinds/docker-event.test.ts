import { expect, test } from 'vitest';
import { said, verdictOn } from '../check.fixture.ts';
import { eventOf, idOf, imageOf } from '../observer.fixture.ts';

const ran = { kind: 'docker-event', type: 'container', action: 'die', image: 'busybox' };
const [a, b] = [idOf('a'), idOf('b')];
const die = (id: string, attributes: Record<string, string> = {}) =>
  eventOf('container', 'die', id, { image: 'busybox', name: 'box', exitCode: '0', ...attributes });
const start = eventOf('container', 'start', a, { image: 'busybox', name: 'box' });

test('an event as asked passes, also of a container that is gone', async () => {
  expect(await verdictOn(ran, { events: [start, die(a)] })).toMatchObject({
    status: 'pass',
    sentence: 'Container `box` from `busybox` ended with exit code 0.',
    expected: 'container from `busybox` that ended',
  });
});

test.each([
  [ran, [], 'No container from `busybox` ended so far.'],
  [
    ran,
    [start],
    'No container from `busybox` ended so far. The last that was seen: Container `box` from `busybox` was started.',
  ],
  [
    ran,
    [die(a, { image: 'debian' })],
    'No container from `busybox` ended so far; the last that did was container `box` from `debian`.',
  ],
  [
    { ...ran, exitCode: 0 },
    [die(a, { exitCode: '1' })],
    'Container `box` from `busybox` ran and ended with exit code 1; 0 is asked for.',
  ],
  [
    { ...ran, exitCode: 0 },
    [die(a, { exitCode: 'x' })],
    'Container `box` from `busybox` ran and ended with exit code unknown; 0 is asked for.',
  ],
  [
    { ...ran, also: ['attach'] },
    [eventOf('container', 'attach', b), die(a)],
    'Container `box` from `busybox` ended, but it ran in the background: nothing was attached to its input or output.',
  ],
  [
    { ...ran, also: ['destroy'] },
    [die(a)],
    'Container `box` from `busybox` ended, but it was never removed.',
  ],
  [
    { ...ran, times: 3 },
    [die(a), die(b)],
    'Container `box` from `busybox` ended with exit code 0. That is twice; the task asks for 3 times.',
  ],
  [
    { kind: 'docker-event', type: 'image', action: 'pull', image: 'busybox' },
    [eventOf('image', 'pull', 'busybox:1.36', { name: 'busybox' })],
    'No image `busybox` was pulled so far; the last that did was image `busybox:1.36`.',
  ],
  [
    { kind: 'docker-event', type: 'volume', action: 'create', name: 'data' },
    [],
    'No volume called `data` was created so far.',
  ],
])('near miss %#', async (check, events, sentence) => {
  expect(await said(check, { events })).toBe(`fail: ${sentence}`);
});

test('`also` is asked of the same container', async () => {
  const check = { ...ran, also: ['attach', 'destroy'] };
  const events = [eventOf('container', 'attach', a), die(a), eventOf('container', 'destroy', a)];
  expect(await said(check, { events })).toMatch(/^pass/);
});

test('an image pulled is found by its reference, one tagged by its name', async () => {
  const pulled = { kind: 'docker-event', type: 'image', action: 'pull', image: 'busybox' };
  expect(
    await said(pulled, { events: [eventOf('image', 'pull', 'busybox:latest', { name: 'busybox' })] }),
  ).toBe('pass: Image `busybox:latest` was pulled.');
  const tagged = { kind: 'docker-event', type: 'image', action: 'tag', image: 'mine:1' };
  expect(
    await said(tagged, { events: [eventOf('image', 'tag', `sha256:${a}`, { name: 'mine:1' })] }),
  ).toMatch(/^pass/);
});

test('an image run by its id is resolved', async () => {
  const events = [die(b, { image: 'aaaaaaaaaaaa' })];
  expect(await said(ran, { events, images: [imageOf('aaaaaaaaaaaa', 'busybox:latest')] })).toMatch(/^pass/);
});

test('a network is told by its name', async () => {
  const check = { kind: 'docker-event', type: 'network', action: 'create', name: 'data' };
  expect(await said(check, { events: [eventOf('network', 'create', 'x', { name: 'data' })] })).toBe(
    'pass: Network `data` was created.',
  );
});

test('of several others, the last is told', async () => {
  const events = [die(a, { image: 'debian' }), die(b, { image: 'nginx', name: 'web' })];
  expect(await said(ran, { events })).toMatch(/the last that did was container `web` from `nginx`\.$/);
});

test('what Docker adds to an action name does not count', async () => {
  const check = { kind: 'docker-event', type: 'container', action: 'exec_create' };
  expect(await said(check, { events: [eventOf('container', 'exec_create: sh -c ls', a)] })).toMatch(/^pass/);
});

test('a volume is told by its id, which is its name', async () => {
  const check = { kind: 'docker-event', type: 'volume', action: 'create', name: 'data' };
  const named = (id: string) => ({ events: [eventOf('volume', 'create', id)] });
  expect(await said(check, named('data'))).toBe('pass: Volume `data` was created.');
  expect(await said(check, named('date'))).toBe(
    'fail: No volume called `data` was created so far; the last that did was volume `date`.',
  );
});
