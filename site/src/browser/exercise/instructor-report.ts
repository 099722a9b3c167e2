import type { ExerciseState } from '../../../../protocol/portal-api.ts';
import type { Verdict } from '../../../../protocol/verdict.ts';
import { say } from '../page/say.ts';
import { statusWords } from './status-words.ts';

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

/** Plain text in the language of the page, as its verdicts are; times in UTC: the instructor may sit elsewhere. */
export function instructorReport(subject: ReportSubject): string {
  const { state, title, labels, version, learnerId, address, browser, now } = subject;
  const { exerciseId, verdicts, earnedAt, hintsUsed, solutionSeenAt } = state;
  return [
    `${title} (${exerciseId})`,
    address,
    say`Learner ${learnerId ?? say`unknown`}, ${utc(now)}`,
    say`Earned: ${momentOrNo(earnedAt)}. Hints opened: ${hintsUsed}. Solution seen: ${momentOrNo(solutionSeenAt)}.`,
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
    `[${statusWords[status]}] ${label}`,
    `  ${sentence}${hint === undefined ? '' : ` ${hint}`}`,
    `  ${say`Expected`}: ${expected}`,
    `  ${say`Found`}: ${observed}`,
    `  ${say`Where`}: ${where}`,
    `  ${say`When`}: ${utc(new Date(evaluatedAt))}`,
  ];
}

function momentOrNo(time: string | null): string {
  return time === null ? say`no` : utc(new Date(time));
}

/** `2026-01-31 12:00:00 UTC`. */
function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
