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
  ['docker-events', ['event']],
  ['kernel', ['kernel-answer']],
  ['answers', ['kernel-answer', 'docker-answer']],
] as const)('%s touches %j', (cause, ids) => {
  expect(checksTouchedBy(exercise, cause)).toEqual(ids);
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
