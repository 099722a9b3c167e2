import type { ExerciseResult } from '../../../../protocol/results.ts';

/** "Earned on 1 January 2026, after 2 minutes", "Begun", "Not begun". */
export function stateText(
  { earnedAt, firstTriedAt, secondsToEarn }: ExerciseResult,
  locale?: string,
): string {
  if (earnedAt === null) return firstTriedAt === null ? 'Not begun' : 'Begun';
  const day = new Date(earnedAt).toLocaleDateString(locale, { dateStyle: 'long' });
  return `Earned on ${day}${secondsToEarn === null ? '' : `, ${duration(secondsToEarn)}`}`;
}

/** "3 tries, 1 of 2 hints, solution seen"; empty where nothing was done. */
export function helpText(result: ExerciseResult): string {
  const { tries, hintsUsed, hintsGiven, solutionSeenAt, earnedWithSolution } = result;
  const when = earnedWithSolution ? 'solution seen before' : 'solution seen';
  return [
    ...(tries === 0 ? [] : [tries === 1 ? '1 try' : `${tries} tries`]),
    ...(hintsUsed === 0 ? [] : [`${hintsUsed} of ${hintsGiven} ${hintsGiven === 1 ? 'hint' : 'hints'}`]),
    ...(solutionSeenAt === null ? [] : [when]),
  ].join(', ');
}

function duration(seconds: number): string {
  if (seconds < 60) return 'within a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `after ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `after ${hours} hours` : `after ${Math.round(hours / 24)} days`;
}
