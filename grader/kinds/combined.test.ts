import { expect, test } from 'vitest';
import { checkSchema } from '../../protocol/exercise.ts';
import { said, verdictOn } from '../check.fixture.ts';
import { containerOf } from '../observer.fixture.ts';

const web = { kind: 'container', find: { name: 'web' } };
const paused = { ...web, expect: { state: 'paused' } };
const gone = { kind: 'file', path: '/gone' };
const odd = { kind: 'file', path: '/odd' };
const machine = { containers: [containerOf('a')], files: { '/odd': { exists: true } } };
const is = 'Container `web` from `nginx` is running.';
const isNot = 'Container `web` is running; the task asks for one that is paused.';
const combined = (kind: string, checks: unknown[], atLeast?: number) => ({
  kind,
  checks,
  ...(atLeast !== undefined && { atLeast }),
});
const not = (check: unknown) => ({ kind: 'not', check });

test.each([
  [combined('all', [web, not(gone)]), `pass: ${is} As asked, this is not there: a file.`],
  [combined('all', [web, web, web, web, web]), `pass: ${is} ${is} ${is} And 2 more are as asked.`],
  [combined('all', [paused, gone]), `fail: ${isNot}`],
  [combined('all', [web, gone, paused]), `fail: 1 of 3 things asked for is there. ${isNot}`],
  [combined('any', [gone, web]), `pass: ${is}`],
  [
    combined('any', [gone, paused]),
    `fail: There are several ways to do this, and none is there yet. The nearest: ${isNot}`,
  ],
  [combined('count', [web, gone, web], 2), `pass: ${is} ${is}`],
  [
    combined('count', [web, gone, paused], 2),
    `fail: So far 1 of the 3 things is there; 2 are asked for. ${isNot}`,
  ],
  [not(web), 'fail: Container `web` from `nginx` is running; the task asks that this not be so.'],
  [not(paused), 'pass: As asked, this is not there: container called `web`, that is paused.'],
  [
    combined('any', [combined('all', [not(web), web]), gone]),
    /^fail: There are several ways .* not be so\.$/,
  ],
])('%#', async (check, expected) => {
  if (typeof expected === 'string') expect(await said(check, machine)).toBe(expected);
  else expect(await said(check, machine)).toMatch(expected);
});

test('the whole is judged where what could not be looked at does not matter', async () => {
  expect(await said(combined('any', [odd, web]), machine)).toMatch(/^pass/);
  expect(await said(combined('all', [odd, gone]), machine)).toMatch(/^fail: There is no `\/gone`/);
  expect(await said(combined('all', [odd, web]), machine)).toMatch(/^could-not-look/);
  expect(await said(combined('any', [odd, gone]), machine)).toMatch(/^could-not-look/);
  expect(await said(not(odd), machine)).toMatch(/^could-not-look/);
});

test('what is asked and where is told of all, and nothing else is in the verdict', async () => {
  const verdict = await verdictOn(combined('any', [gone, paused]), machine);
  expect(verdict).toMatchObject({
    expected: 'a file; or container called `web`, that is paused',
    where: '`/gone` and the containers of your Docker',
  });
  expect(Object.keys(verdict)).not.toContain('distance');
});

test.each([
  [not(not(not(web))), true],
  [not(not(not(not(web)))), false],
  [combined('all', [web]), false],
  [not({ ...web, id: 'x' }), false],
  [not({ kind: 'answer', source: { from: 'kernel', field: 'release' } }), false],
])('three levels at most, of two checks at least, without ids and answers %#', (check, fits) => {
  expect(checkSchema.safeParse({ id: 'x', label: 'A line', ...check }).success).toBe(fits);
});
