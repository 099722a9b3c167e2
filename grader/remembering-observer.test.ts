import { expect, test } from 'vitest';
import { exerciseOf } from './check.fixture.ts';
import { gradeExercise } from './grade.ts';
import { observe } from './observer.fixture.ts';
import { rememberingObserver } from './remembering-observer.ts';

test('exercises looked at together look at each thing once', async () => {
  const observer = observe({ files: { '/x': { exists: true, type: 'file' } } });
  const shared = rememberingObserver(observer);
  const look = (...checks: Record<string, unknown>[]) =>
    gradeExercise({
      exerciseId: 'a/b/c',
      exercise: exerciseOf(...checks),
      observer: shared,
      answers: new Map(),
      now: new Date(0),
    });
  const [first, second] = await Promise.all([
    look({ kind: 'file', path: '/x' }, { kind: 'container', find: { name: 'web' } }),
    look({ kind: 'container', find: { name: 'db' } }, { kind: 'file', path: '/x' }),
  ]);
  expect(observer.looks.toSorted()).toEqual(['/containers/json?all=1', 'events', 'file /x']);
  expect([first.verdicts[0]?.status, second.verdicts[1]?.status]).toEqual(['pass', 'pass']);
});

test('a look that was broken off is nobody else’s answer', async () => {
  const observer = observe({ files: { '/x': { exists: true } } });
  let isFirst = true;
  const shared = rememberingObserver({
    ...observer,
    file: (path, options) => {
      if (!isFirst) return observer.file(path, options);
      isFirst = false;
      return Promise.reject(new Error('aborted'));
    },
  });
  await expect(shared.file('/x')).rejects.toThrow('aborted');
  expect(await shared.file('/x')).toMatchObject({ ok: true });
});
