import { expect, test } from 'vitest';
import { courseOnDisk } from './course.fixture.ts';
import { loadCourse } from './load.ts';
import { selectExercises } from './select.ts';

test('exercises are found by id, slug, lesson and module', async () => {
  await using disk = await courseOnDisk();
  const course = await loadCourse(disk.contentDir);
  for (const names of [
    [],
    ['a-jail'],
    ['before-docker/chroot/a-jail'],
    ['before-docker/chroot'],
    ['before-docker'],
  ]) {
    expect(selectExercises(course, names).map(({ id }) => id)).toEqual(['before-docker/chroot/a-jail']);
  }
  expect(() => selectExercises(course, ['a-jial'])).toThrow(
    'no exercise is called `a-jial`; `chrootcamp course list` lists them; did you mean `a-jail`?',
  );
});
