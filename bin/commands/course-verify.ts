import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadCourse } from '../../course/load.ts';
import { selectExercises } from '../../course/select.ts';
import type { CourseExercise } from '../../course/course.ts';
import { changedExercises, changedPaths } from '../../course/verify/changed.ts';
import { formatJunit } from '../../course/verify/junit.ts';
import { openProofRecord } from '../../course/verify/proof-record.ts';
import type { ProofMemory } from '../../course/verify/proof.ts';
import { formatReport } from '../../course/verify/report.ts';
import { verifyExercises } from '../../course/verify/verify.ts';
import type { VerifyProgress } from '../../course/verify/verify.ts';
import type { Layout } from '../../host/layout.ts';
import { repositoryRoot } from '../../host/repository.ts';
import { readRecord } from '../../machine/build-record.ts';
import { CodedError } from '../../protocol/errors.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { contentDirFrom, contentOption } from '../course-content.ts';
import { exitCodes } from '../exit-code.ts';
import { integerFrom, layoutFrom } from '../option-value.ts';
import { accessPrivate } from '../sandbox-server-access.ts';

export const command = defineCommand({
  summary: 'prove that exercises judge rightly',
  usage:
    '[EXERCISE...] [--mutations] [--changed REV] [--resume] [--jobs N] [--junit FILE] [--content DIR] [--data DIR] [--json]',
  options: {
    mutations: {
      type: 'boolean',
      help: 'also change each solve.sh in every way, and look whether a check notices',
    },
    changed: { type: 'string', value: 'REV', help: 'only what has changed since a git revision' },
    resume: { type: 'boolean', help: 'pass over what was proven and has not changed since' },
    jobs: { type: 'string', value: 'N', help: 'machines at once (default: 2)' },
    junit: { type: 'string', value: 'FILE', help: 'also write the report as JUnit XML' },
    ...contentOption,
    ...dataOption,
    ...jsonOption,
  },
  details: `
Runs every exercise's scripts, each in a fresh machine: it must be unsolved before, solved by solve.sh and every
alt-*.sh, and failed by every wrong-*.sh for the stated reason. EXERCISE is the id of an exercise, a lesson or a module;
all are proven where none is named. Exits with 1 when one is not. Works beside a running course, and leaves nothing but a
record of what is proven in DATA/verify.

--mutations drops each command of solve.sh in turn and changes its arguments one at a time. A change after which every
check still passes has survived, and is a failure unless exercise.yaml has it under "equivalent", with a reason.
--changed takes the exercises whose folder has changed, or all where the code that proves them has.`,
  positionals: { min: 0, max: 1_000 },
  needsRoot: true,
  async run({ values, positionals }, { signal }) {
    const jobs = values.jobs === undefined ? 2 : integerFrom('--jobs', values.jobs, { min: 1, max: 64 });
    if (values.changed !== undefined && values.content !== undefined) {
      const message = '--changed was given with --content; expected it only of the course of this program';
      throw new CodedError('USAGE', message);
    }
    const course = await loadCourse(contentDirFrom(values));
    const named = selectExercises(course, positionals);
    const exercises = values.changed === undefined ? named : await changedOf(named, values.changed);
    const layout = layoutFrom(values);
    await using access = await accessPrivate(layout, signal);
    const report = await verifyExercises({
      exercises,
      client: access.client,
      jobs,
      mutations: values.mutations,
      memory: await memoryOf(layout, values.resume),
      onProgress: tell,
      signal,
    });
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${formatReport(report)}\n`);
    if (values.junit !== undefined) await writeFile(values.junit, formatJunit(report));
    return report.ok ? exitCodes.ok : exitCodes.failed;
  },
});

/** Git is asked of this program's own folder, which holds its course and the code that proves it. */
async function changedOf(
  exercises: readonly CourseExercise[],
  revision: string,
): Promise<readonly CourseExercise[]> {
  const paths = await changedPaths(repositoryRoot, revision);
  return changedExercises(exercises, { repository: repositoryRoot, paths });
}

/** What is proven is written down in any case; it is read only to resume. */
async function memoryOf(layout: Layout, resume: boolean): Promise<ProofMemory> {
  return openProofRecord({
    dir: path.join(layout.dataDir, 'verify'),
    repository: repositoryRoot,
    machine: JSON.stringify((await readRecord(layout.machineDir))?.recipes ?? null),
    resume,
  });
}

function tell(progress: VerifyProgress): void {
  const line = lineOf(progress);
  if (line !== null) process.stderr.write(`${line}\n`);
}

function lineOf(progress: VerifyProgress): string | null {
  switch (progress.event) {
    case 'started':
      return null;
    case 'recalled':
      return `proven before: ${progress.exerciseId}, ${progress.form}`;
    case 'ended': {
      const { trial, result, done, total } = progress;
      return `[${done}/${total}] ${result.ok ? 'ok  ' : 'FAIL'} ${trial.exercise.id} ${path.basename(trial.path)}`;
    }
    case 'judged': {
      const { result, done, total } = progress;
      const { exerciseId, line, change, outcome } = result;
      return `[${done}/${total}] ${outcome.padEnd(10)} ${exerciseId} solve.sh:${line} ${change}`;
    }
  }
}
