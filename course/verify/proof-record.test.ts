import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseOnDisk, jailDir } from '../course.fixture.ts';
import { exercisesOf } from '../course.ts';
import { loadCourse } from '../load.ts';
import { openProofRecord } from './proof-record.ts';
import type { ExerciseProof } from './proof.ts';

const proof: ExerciseProof = { exerciseId: 'before-docker/chroot/a-jail', ok: true, ms: 5, trials: [] };

async function recorded() {
  const disk = await courseOnDisk();
  const { contentDir } = disk;
  const [exercise] = exercisesOf(await loadCourse(contentDir));
  const repository = join(contentDir, 'repository');
  for (const room of ['course', 'grader', 'protocol', 'sandbox-client']) {
    await mkdir(join(repository, room), { recursive: true });
  }
  await writeFile(join(repository, 'grader/grade.ts'), 'one');
  const dir = join(contentDir, 'verify');
  const open = (machine = 'm1', resume = true) => openProofRecord({ dir, repository, machine, resume });
  return { disk, exercise: exercise!, repository, dir, open };
}

test('what is proven is recalled as long as nothing of it has changed', async () => {
  const { disk, exercise, repository, dir, open } = await recorded();
  await using _ = disk;
  const recall = async (...how: Parameters<typeof open>) => (await open(...how)).recall(exercise, 'scripts');
  const first = await open();
  expect(await first.recall(exercise, 'scripts')).toBeNull();
  await first.keep(exercise, 'scripts', proof);
  expect(await recall()).toEqual(proof);
  expect(await (await open()).recall(exercise, 'mutations')).toBeNull();
  expect(await recall('m1', false)).toBeNull();
  expect(await recall('m2')).toBeNull();
  await writeFile(join(repository, 'grader/grade.test.ts'), 'a test decides nothing');
  expect(await recall()).toEqual(proof);
  await writeFile(join(repository, 'grader/grade.ts'), 'two');
  expect(await recall()).toBeNull();
  await writeFile(join(repository, 'grader/grade.ts'), 'one');
  expect(await recall()).toEqual(proof);
  await writeFile(join(disk.contentDir, jailDir, 'solve.sh'), 'false\n');
  expect(await recall()).toBeNull();
  expect(await readdir(dir)).toEqual(['before-docker.chroot.a-jail.scripts.json']);
});

test('an exercise that changes while it is proven is not kept', async () => {
  const { disk, exercise, open } = await recorded();
  await using _ = disk;
  const record = await open();
  await record.recall(exercise, 'scripts');
  await writeFile(join(disk.contentDir, jailDir, 'solve.sh'), 'false\n');
  await record.keep(exercise, 'scripts', proof);
  expect(await (await open()).recall(exercise, 'scripts')).toBeNull();
});

test.each(['', '{"key":', 'null', '[1]'])('a record that is none (%j) counts as none', async (text) => {
  const { disk, exercise, dir, open } = await recorded();
  await using _ = disk;
  const record = await open();
  await writeFile(join(dir, 'before-docker.chroot.a-jail.scripts.json'), text);
  expect(await record.recall(exercise, 'scripts')).toBeNull();
});
