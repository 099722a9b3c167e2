import { expect, test } from 'vitest';
import { compareNumbers, readCoursePath } from './course-path.ts';

test('a lesson is called by its folders without their numbers', () => {
  expect(readCoursePath('01-before-docker/02-chroot/lesson.mdx')).toEqual({
    id: 'before-docker/chroot',
    numbers: [1, 2],
  });
});

test('an exercise is called by its lesson and itself, wherever the course lies', () => {
  const path = '/srv/course/content/modules/01-before-docker/02-chroot/exercises/3-a-jail/exercise.yaml';
  expect(readCoursePath(path)).toEqual({ id: 'before-docker/chroot/a-jail', numbers: [1, 2, 3] });
});

test('a folder without a number is named in the error', () => {
  expect(() => readCoursePath('01-before-docker/chroot/lesson.mdx')).toThrow(
    /Folder "chroot".*like 02-chroot/,
  );
});

test('lesson 10 comes after lesson 9', () => {
  const nine = readCoursePath('01-images/09-registries/lesson.mdx');
  const ten = readCoursePath('01-images/10-more/lesson.mdx');
  expect([ten, nine].sort(compareNumbers)).toEqual([nine, ten]);
});
