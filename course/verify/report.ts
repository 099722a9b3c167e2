import { proseRows, proseSummary } from '../prose/prose-report.ts';
import type { TrialResult } from './trial.ts';
import { mutationRows, mutationSummary } from './mutation/mutation-report.ts';
import type { ProofReport } from './proof.ts';

/** The report as a table for people; as JSON it is itself. */
export function formatReport(report: ProofReport): string {
  if (report.prose === undefined) return exercisesReport(report);
  return [...proseRows(report.prose), '', proseSummary(report.prose)].join('\n');
}

function exercisesReport(report: ProofReport): string {
  const width = Math.max(
    ...report.exercises.flatMap(({ exerciseId, trials }) => [
      exerciseId.length,
      ...trials.map(({ script }) => script.length + 2),
    ]),
    0,
  );
  const lines = report.exercises.flatMap((proof) => [
    row({
      name: proof.exerciseId,
      width,
      ok: proof.ok,
      ms: proof.ms,
      note: proof.recalled ? 'proven before' : '',
    }),
    ...proof.trials.flatMap((trial) => [
      row({ name: `  ${trial.script}`, width, ok: trial.ok, ms: trial.ms, note: noteOf(trial) }),
      ...failuresOf(trial),
    ]),
    ...(proof.mutations === undefined ? [] : mutationRows(proof.mutations)),
  ]);
  return [...lines, ...scriptChecks(report), '', summaryOf(report)].join('\n');
}

/** Each is a question that the declared kinds of check could not ask. */
function scriptChecks({ scriptChecks: uses = [] }: ProofReport): string[] {
  if (uses.length === 0) return [];
  return [
    '',
    'Checks that run a script:',
    ...uses.map((use) => `  ${use.exerciseId}, check \`${use.checkId}\``),
  ];
}

function row(cells: { name: string; width: number; ok: boolean; ms: number; note: string }): string {
  const time = `${(cells.ms / 1000).toFixed(1)} s`.padStart(8);
  return `${cells.name.padEnd(cells.width)}  ${cells.ok ? 'ok  ' : 'FAIL'}${time}  ${cells.note}`.trimEnd();
}

function noteOf(trial: TrialResult): string {
  if (!trial.ok) return '';
  if (trial.kind === 'solve') return 'unsolved before; passes after, and when looked at again';
  if (trial.kind === 'alt') return 'passes, and when looked at again';
  const told = trial.steps.find((step) => step.name === 'grade')?.detail ?? '';
  return `fails \`${trial.fails}\`: ${told}`;
}

function failuresOf(trial: TrialResult): string[] {
  return trial.steps
    .filter((step) => !step.ok)
    .flatMap((step) => `${step.name}: ${step.detail ?? 'failed'}`.split('\n'))
    .map((line) => `      ${line}`);
}

function summaryOf(report: ProofReport): string {
  const { exercises, ok, ms, mutations } = report;
  const trials = exercises.flatMap((proof) => proof.trials);
  const failed = trials.filter((trial) => !trial.ok).length;
  const before = exercises.filter(({ recalled }) => recalled).length;
  const counted = [
    `${exercises.length === 1 ? '1 exercise' : `${exercises.length} exercises`}${before === 0 ? '' : ` (${before} proven before)`}`,
    `${trials.length === 1 ? '1 script in a fresh machine' : `${trials.length} scripts in fresh machines`}`,
    `${(ms / 1000).toFixed(0)} s`,
  ].join(', ');
  const scored = mutations === undefined ? '' : `\n${mutationSummary(mutations)}`;
  if (ok) return `Proven: ${counted}.${scored}`;
  return failed === 0
    ? `Not proven: ${counted}.${scored}`
    : `Not proven: ${failed} of ${trials.length} scripts failed (${counted}).${scored}`;
}
