import path from 'node:path';
import { loadCourse } from '../../course/load.ts';
import { selectExercises } from '../../course/select.ts';
import { formatReport } from '../../course/verify/report.ts';
import { verifyExercises } from '../../course/verify/verify.ts';
import type { VerifyProgress } from '../../course/verify/verify.ts';
import { repositoryRoot } from '../../host/repository.ts';
import { dataOption, defineCommand, jsonOption } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { integerFrom, layoutFrom } from '../option-value.ts';
import { accessPrivate } from '../sandbox-server-access.ts';

export const command = defineCommand({
  summary: 'prove that exercises judge rightly',
  usage: '[EXERCISE...] [--jobs N] [--data DIR] [--json]',
  options: {
    jobs: { type: 'string', value: 'N', help: 'machines at once (default: 2)' },
    ...dataOption,
    ...jsonOption,
  },
  details: `
Runs every exercise's scripts, each in a fresh machine: it must be unsolved before, solved by solve.sh and every
alt-*.sh, and failed by every wrong-*.sh for the stated reason. EXERCISE is the id of an exercise, a lesson or a module;
all are proven where none is named. Exits with 1 when one is not. Works beside a running course, and leaves nothing.`,
  positionals: { min: 0, max: 1_000 },
  needsRoot: true,
  async run({ values, positionals }, { signal }) {
    const jobs = values.jobs === undefined ? 2 : integerFrom('--jobs', values.jobs, { min: 1, max: 64 });
    const course = await loadCourse(path.join(repositoryRoot, 'content'));
    const exercises = selectExercises(course, positionals);
    await using access = await accessPrivate(layoutFrom(values), signal);
    const report = await verifyExercises({
      exercises,
      client: access.client,
      jobs,
      onProgress: tell,
      signal,
    });
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${formatReport(report)}\n`);
    return report.ok ? exitCodes.ok : exitCodes.failed;
  },
});

function tell(progress: VerifyProgress): void {
  if (progress.event === 'started') return;
  const { trial, result, done, total } = progress;
  process.stderr.write(
    `[${done}/${total}] ${result.ok ? 'ok  ' : 'FAIL'} ${trial.exercise.id} ${path.basename(trial.path)}\n`,
  );
}
