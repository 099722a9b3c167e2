import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import { eventOf, idOf, imageOf } from '../observer.fixture.ts';

const start = { type: 'container', action: 'start', name: 'web' };
const die = { type: 'container', action: 'die', name: 'web', exitCode: 0 };
const before = (...events: unknown[]) => ({ kind: 'before', events });
const did = (action: string, exitCode?: string) =>
  eventOf('container', action, 'x', {
    name: 'web',
    image: 'nginx',
    ...(exitCode !== undefined && { exitCode }),
  });

test.each([
  [
    before(start, die),
    [did('start'), did('die', '0')],
    'pass: Container `web` from `nginx` was started, then container `web` from `nginx` ended.',
  ],
  [
    before(start, start),
    [did('start')],
    'fail: Container `web` from `nginx` was started, but no container called `web` was started after that.',
  ],
  [
    before(start, die),
    [did('die', '0'), did('start')],
    'fail: Container `web` from `nginx` was started, but container `web` from `nginx` ended before that, not after it.',
  ],
  [
    before(start, die),
    [did('start'), did('die', '1')],
    'fail: Container `web` from `nginx` was started, but no container called `web` ended with exit code 0 after that.',
  ],
  [
    before(start, die),
    [did('die', '0'), did('start'), did('die', '0')],
    'pass: Container `web` from `nginx` was started, then container `web` from `nginx` ended.',
  ],
  [before(start, die), [], 'fail: No container called `web` was started so far.'],
])('%#', async (check, events, expected) => {
  expect(await said(check, { events })).toBe(expected);
});

test('images are told through the list of images', async () => {
  const image = `sha256:${idOf('1')}`;
  const events = [eventOf('container', 'start', 'x', { image }), eventOf('container', 'die', 'x', { image })];
  const check = before(
    { type: 'container', action: 'start', image: 'nginx' },
    { type: 'container', action: 'die' },
  );
  expect(await said(check, { events, images: [imageOf('1', 'nginx:latest')] })).toMatch(/^pass/);
  expect(await said(check, { events, images: [imageOf('2', 'nginx:latest')] })).toMatch(/^fail/);
});

test('without Docker nothing is judged, and junk passes nothing', async () => {
  expect(await said(before(start, die), { docker: 'down' })).toMatch(/^could-not-look/);
  expect(await said(before(start, die), { events: [null, 7] as never })).toMatch(/^fail/);
});
