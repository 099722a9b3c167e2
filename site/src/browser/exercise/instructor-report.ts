import type { ExerciseState } from '../../../../protocol/portal-api.ts';
import type { Verdict } from '../../../../protocol/verdict.ts';

/** What somebody who was not there needs to know of an exercise. */
export interface ReportSubject {
  state: ExerciseState;
  title: string;
  /** Lines of the checklist by check id. */
  labels: ReadonlyMap<string, string>;
  /** Of the program that serves the page: `0.1.0`. */
  version: string;
  /** Null where it is not known. */
  learnerId: string | null;
  address: string;
  browser: string;
  now: Date;
}

const words: Record<Verdict['status'], string> = {
  pass: 'done',
  fail: 'not yet',
  waiting: 'waiting',
  'could-not-look': 'could not be looked at',
};

/** Plain text, times in UTC: the instructor may sit elsewhere. */
export function instructorReport(subject: ReportSubject): string {
  const { state, title, labels, version, learnerId, address, browser, now } = subject;
  const { exerciseId, verdicts, earnedAt, hintsUsed, solutionSeenAt } = state;
  return [
    `${title} (${exerciseId})`,
    address,
    `Learner ${learnerId ?? 'unknown'}, ${utc(now)}`,
    `Earned: ${earnedAt === null ? 'no' : utc(new Date(earnedAt))}. Hints opened: ${hintsUsed}. Solution seen: ${solutionSeenAt === null ? 'no' : utc(new Date(solutionSeenAt))}.`,
    ...verdicts.flatMap((verdict) => [
      '',
      ...linesOf(verdict, labels.get(verdict.checkId) ?? verdict.checkId),
    ]),
    '',
    `Chrootcamp ${version}; ${browser}`,
  ].join('\n');
}

function linesOf(verdict: Verdict, label: string): string[] {
  const { status, sentence, hint, expected, observed, where, evaluatedAt } = verdict;
  return [
    `[${words[status]}] ${label}`,
    `  ${sentence}${hint === undefined ? '' : ` ${hint}`}`,
    `  Expected: ${expected}`,
    `  Found: ${observed}`,
    `  Where: ${where}`,
    `  When: ${utc(new Date(evaluatedAt))}`,
  ];
}

/** `2026-01-31 12:00:00 UTC`. */
function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
