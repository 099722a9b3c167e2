import { describe, expect, test } from 'vitest';
import { exerciseOf } from './check.fixture.ts';
import { gradeExercise, type GradeOptions } from './grade.ts';
import { containerOf, observe } from './observer.fixture.ts';
import type { Observer } from './observer.ts';

const now = new Date('2026-03-04T05:06:07.000Z');
const web = { kind: 'container', find: { name: 'web' } };
const poem = { kind: 'file', path: '/poem' };

function options(changes: Partial<GradeOptions>): GradeOptions {
  return {
    exerciseId: 'a/b/c',
    exercise: exerciseOf(web, poem),
    observer: observe({ containers: [containerOf('a')] }),
    answers: new Map(),
    now,
    onFault: (error) => expect.unreachable(String(error)),
    ...changes,
  };
}

test('one verdict a check, in order, with the time; complete when all pass', async () => {
  const graded = await gradeExercise(options({}));
  expect(graded.exerciseId).toBe('a/b/c');
  expect(graded.complete).toBe(false);
  expect(graded.verdicts.map(({ checkId, status, evaluatedAt }) => [checkId, status, evaluatedAt])).toEqual([
    ['check-1', 'pass', now.toISOString()],
    ['check-2', 'fail', now.toISOString()],
  ]);
  const solved = observe({
    containers: [containerOf('a')],
    files: { '/poem': { exists: true, type: 'file' } },
  });
  expect((await gradeExercise(options({ observer: solved }))).complete).toBe(true);
});

test('each thing is looked at once in a round, however many checks ask', async () => {
  const observer = observe({ containers: [containerOf('a')] });
  const byImage = { kind: 'container', find: { image: 'nginx' } };
  const image = { kind: 'image', reference: 'nginx' };
  await gradeExercise(options({ observer, exercise: exerciseOf(web, web, byImage, image, poem, poem) }));
  expect(observer.looks.toSorted()).toEqual(['/containers/json?all=1', '/images/json', 'file /poem']);
});

describe('only some checks', () => {
  test('the others keep their verdict as it is, and nothing is looked at for them', async () => {
    const previous = await gradeExercise(options({}));
    const observer = observe({ files: { '/poem': { exists: true, type: 'file' } } });
    const later = new Date('2026-03-04T06:00:00.000Z');
    const graded = await gradeExercise(options({ observer, previous, only: ['check-2'], now: later }));
    expect(graded.verdicts[0]).toBe(previous.verdicts[0]);
    expect(graded.verdicts[1]).toMatchObject({ status: 'pass', evaluatedAt: later.toISOString() });
    expect(graded.complete).toBe(true);
    expect(observer.looks).toEqual(['file /poem']);
  });

  test('a check without a previous verdict is evaluated all the same', async () => {
    const graded = await gradeExercise(options({ only: [] }));
    expect(graded.verdicts.map((verdict) => verdict.status)).toEqual(['pass', 'fail']);
  });
});

describe('an observer at fault', () => {
  const hanging: Observer = { ...observe({}), docker: () => new Promise(() => {}) };

  test('a look that never ends is given up at its deadline, and its signal fires', async () => {
    let signal: AbortSignal | undefined;
    const observer: Observer = {
      ...hanging,
      docker: (_path, look) => {
        signal = look?.signal;
        return new Promise(() => {});
      },
    };
    const { verdicts } = await gradeExercise(options({ observer, lookDeadlineMs: 5 }));
    expect(verdicts[0]).toMatchObject({ status: 'could-not-look', remedy: 'retry' });
    expect(verdicts[0]!.sentence).toBe(
      'We could not look at the containers of your Docker: it took too long. Try again in a moment.',
    );
    expect(verdicts[1]!.status).toBe('fail');
    expect(signal?.aborted).toBe(true);
  });

  test('the round as a whole has a deadline, and whoever asked may end it', async () => {
    const late = await gradeExercise(
      options({ observer: hanging, lookDeadlineMs: 60_000, roundDeadlineMs: 5 }),
    );
    expect(late.verdicts[0]!.status).toBe('could-not-look');
    const ended = await gradeExercise(options({ observer: hanging, signal: AbortSignal.abort() }));
    expect(ended.verdicts.map((verdict) => verdict.status)).toEqual(['could-not-look', 'could-not-look']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret'))],
  ])('one that %s is told to whoever asked, not to the learner', async (_, docker) => {
    const faults: unknown[] = [];
    const observer: Observer = { ...hanging, docker };
    const { verdicts } = await gradeExercise(options({ observer, onFault: (fault) => faults.push(fault) }));
    expect(verdicts[0]).toMatchObject({ status: 'could-not-look' });
    expect(JSON.stringify(verdicts)).not.toContain('secret');
    expect(faults).toEqual([new Error('secret')]);
  });
});
