import { expect, test } from 'vitest';
import { exerciseOf } from './check.fixture.ts';
import { changedBy, checksTouchedBy } from './dependencies.ts';

const exercise = exerciseOf(
  { id: 'file', kind: 'file', path: '/x' },
  { id: 'process', kind: 'process', find: { name: { equals: 'sh' } } },
  { id: 'container', kind: 'container', find: {} },
  { id: 'image', kind: 'image', reference: 'x' },
  { id: 'event', kind: 'docker-event', type: 'container', action: 'die' },
  { id: 'kernel-answer', kind: 'answer', source: { from: 'kernel', field: 'release' } },
  { id: 'docker-answer', kind: 'answer', source: { from: 'docker-info', field: 'Driver' } },
);

test.each([
  ['files', ['file']],
  ['processes', ['process']],
  ['docker', ['container', 'image', 'docker-answer']],
  ['docker-events', ['container', 'event']],
  ['kernel', ['kernel-answer']],
  ['answers', ['kernel-answer', 'docker-answer']],
] as const)('%s touches %j', (cause, ids) => {
  expect(checksTouchedBy(exercise, cause)).toEqual(ids);
});

const within = exerciseOf(
  { id: 'in-container', kind: 'process', find: { container: 'web' } },
  { id: 'not', kind: 'not', check: { kind: 'file', path: '/x' } },
  {
    id: 'any',
    kind: 'any',
    checks: [
      { kind: 'volume', name: 'a' },
      { kind: 'not', check: { kind: 'file', path: '/x' } },
    ],
  },
  {
    id: 'before',
    kind: 'before',
    events: [
      { type: 'image', action: 'pull', image: 'x' },
      { type: 'image', action: 'tag' },
    ],
  },
  { id: 'tree', kind: 'directory-tree', path: '/x', entries: { a: 'file' } },
  { id: 'network', kind: 'network', name: 'a' },
  { id: 'compose', kind: 'compose', project: 'a' },
);

test.each([
  ['files', ['not', 'any', 'tree']],
  ['docker', ['in-container', 'any', 'before', 'network', 'compose']],
  ['docker-events', ['before']],
  ['processes', ['in-container']],
] as const)('%s touches, within others too, %j', (cause, ids) => {
  expect(checksTouchedBy(within, cause)).toEqual(ids);
});

const worked = (value: string) => ({ kind: 'answer', source: { from: 'expression', value } });
const expressions = exerciseOf(
  worked('count(containers) + length(file("/x"))'),
  worked('count(processes)'),
  worked('kernel.release'),
);

test.each([
  ['docker', ['check-1']],
  ['files', ['check-1']],
  ['processes', ['check-2']],
  ['kernel', ['check-3']],
] as const)('of expressions, %s touches %j', (cause, ids) => {
  expect(checksTouchedBy(expressions, cause)).toEqual(ids);
});

test('several causes touch each check once, in order', () => {
  expect(checksTouchedBy(exercise, changedBy['docker-event'])).toEqual([
    'file',
    'process',
    'container',
    'image',
    'event',
    'docker-answer',
  ]);
  expect(checksTouchedBy(exercise, [])).toEqual([]);
});
