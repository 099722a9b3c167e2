import { expect, test } from 'vitest';
import { suggestLesson, type LessonLink } from './next-lesson.ts';

const lessons: LessonLink[] = ['a/one', 'a/two', 'b/three'].map((id) => ({
  id,
  url: `/${id}/`,
  title: id,
  exercises: [`${id}/x`],
}));
const untouched = { tries: 0, hintsUsed: 0, solutionSeenAt: null };
const earned = (lessonId: string, at = '2026-01-01') => ({
  exerciseId: `${lessonId}/x`,
  earnedAt: at,
  firstTriedAt: at,
  ...untouched,
});
const suggest = (progress: ReturnType<typeof earned>[], last: string | null) => {
  const suggestion = suggestLesson(lessons, progress, last);
  return suggestion && [suggestion.kind, suggestion.lesson.id];
};

test('who has done nothing starts at the start', () => {
  expect(suggest([], null)).toEqual(['start', 'a/one']);
});

test('one goes on in the lesson one was in', () => {
  expect(suggest([], 'a/two')).toEqual(['continue', 'a/two']);
});

test('when that is earned, in the next that is not; skipped lessons come last', () => {
  expect(suggest([earned('a/two')], 'a/two')).toEqual(['continue', 'b/three']);
  expect(suggest([earned('a/two'), earned('b/three')], 'b/three')).toEqual(['continue', 'a/one']);
});

test('another browser goes by what was tried last', () => {
  const tried = { exerciseId: 'b/three/x', earnedAt: null, firstTriedAt: '2026-01-02', ...untouched };
  const suggestion = suggestLesson(lessons, [tried, earned('a/one', '2026-01-01')], null);
  expect([suggestion?.kind, suggestion?.lesson.id]).toEqual(['continue', 'b/three']);
});

test('a lesson that no longer exists is no obstacle, and all can be done', () => {
  expect(suggest([], 'z/gone')).toEqual(['start', 'a/one']);
  expect(
    suggest(
      lessons.map(({ id }) => earned(id)),
      'a/one',
    ),
  ).toEqual(['done', 'a/one']);
});

test('an empty course suggests nothing', () => {
  expect(suggestLesson([], [], null)).toBeNull();
});
