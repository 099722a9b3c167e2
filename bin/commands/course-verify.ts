import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadCourse } from '../../course/load.ts';
import type { Course, CourseExercise, CourseLesson } from '../../course/course.ts';
import type { ProseProof } from '../../course/prose/prose-proof.ts';
import { proveProse } from '../../course/prose/prove-prose.ts';
import { selectExercises, selectLessons } from '../../course/select.ts';
import { changedFolders, changedPaths, workTreeOf } from '../../course/verify/changed.ts';
import { formatJunit } from '../../course/verify/junit.ts';
import { openProofRecord } from '../../course/verify/proof-record.ts';
import type { ProofMemory, ProofReport } from '../../course/verify/proof.ts';
import { formatReport } from '../../course/verify/report.ts';
import { verifyExercises } from '../../course/verify/verify.ts';
import type { VerifyOptions, VerifyProgress } from '../../course/verify/verify.ts';
import type { Layout } from '../../host/layout.ts';
import { repositoryRoot } from '../../host/repository.ts';
import { readRecord } from '../../machine/build-record.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { contentDirFrom, contentOption } from '../course-content.ts';
import { exitCodes } from '../exit-code.ts';
import { integerFrom, layoutFrom } from '../option-value.ts';
import { accessPrivate } from '../sandbox-server-access.ts';

export const command = defineCommand({
  summary: 'prove that exercises judge rightly, or that lessons work as written',
  usage:
    '[EXERCISE...] [--mutations | --prose] [--changed REV] [--resume] [--jobs N] [--junit FILE] [--course DIR] [--data DIR] [--json]',
  options: {
    mutations: {
      type: 'boolean',
      help: 'also change each solve.sh in every way, and look whether a check notices',
    },
    prose: { type: 'boolean', help: 'instead type every command of the lessons into a terminal' },
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
--prose types the shell blocks of a lesson, in order, into one terminal of a fresh machine. Each command must end with 0,
or as the block is marked: \`\`\`sh run exits="127", keys="ctrl-p ctrl-q", unproven="the reason why it is not run".

--changed takes the exercises or lessons whose folder has changed, or all where the code that proves them has. Of a course
at DIR, git is asked of the work tree in which DIR lies, and only its folders count.`,
  positionals: { min: 0, max: 1_000 },
  needsRoot: true,
  async run({ values, positionals }, { signal }) {
    const jobs = values.jobs === undefined ? 2 : integerFrom('--jobs', values.jobs, { min: 1, max: 64 });
    if (values.prose && values.mutations) {
      const message =
        '--prose was given with --mutations; expected one of them: lessons have no solution to change';
      throw new CodedError('USAGE', message);
    }
    const course = await loadCourse(contentDirFrom(values));
    const chosen = await choose(course, positionals, values);
    const layout = layoutFrom(values);
    await using access = await accessPrivate(layout, signal);
    const { client } = access;
    const memory = await memoryOf(layout, values.resume);
    const report = await prove(chosen, { client, jobs, mutations: values.mutations, memory, signal });
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${formatReport(report)}\n`);
    if (values.junit !== undefined) await writeFile(values.junit, formatJunit(report));
    return report.ok ? exitCodes.ok : exitCodes.failed;
  },
});

type Chosen = { exercises: CourseExercise[] } | { lessons: CourseLesson[] };

async function choose(
  course: Course,
  names: readonly string[],
  values: { prose: boolean; changed: string | undefined; course: string | undefined },
): Promise<Chosen> {
  if (values.prose) return { lessons: await changedOf(selectLessons(course, names), values) };
  return { exercises: await changedOf(selectExercises(course, names), values) };
}

/** Git is asked of this program's own folder, which holds its course and the code that proves it, or of the course's. */
async function changedOf<T extends { dir: string }>(
  all: T[],
  { changed, course }: { changed: string | undefined; course: string | undefined },
): Promise<T[]> {
  if (changed === undefined) return all;
  const workTree =
    course === undefined
      ? { root: repositoryRoot, isOwn: true }
      : await workTreeOf(course, { own: repositoryRoot });
  return changedFolders(all, { workTree, paths: await changedPaths(workTree, changed) });
}

type Proving = Required<Pick<VerifyOptions, 'jobs' | 'mutations' | 'memory' | 'signal'>> & {
  client: SandboxClient;
};

async function prove(chosen: Chosen, proving: Proving): Promise<ProofReport> {
  if ('exercises' in chosen) return verifyExercises({ ...proving, ...chosen, onProgress: tell });
  const began = performance.now();
  const prose = await proveProse({ ...proving, ...chosen, onProven: tellProse });
  return { ok: prose.every(({ ok }) => ok), ms: Math.round(performance.now() - began), exercises: [], prose };
}

function tellProse({ lessonId, ok }: ProseProof, { done, total }: { done: number; total: number }): void {
  process.stderr.write(`[${done}/${total}] ${ok ? 'ok  ' : 'FAIL'} ${lessonId}\n`);
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
