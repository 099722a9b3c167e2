import { pageLocale, say } from '../page/say.ts';
import type { ExerciseResult } from '../../../../protocol/results.ts';

/** "Earned on 1 January 2026, after 2 minutes", "Begun", "Not begun". */
export function stateText(
  { earnedAt, firstTriedAt, secondsToEarn }: ExerciseResult,
  locale: string | undefined = pageLocale,
): string {
  if (earnedAt === null) return firstTriedAt === null ? say`Not begun` : say`Begun`;
  const day = new Date(earnedAt).toLocaleDateString(locale, { dateStyle: 'long' });
  return say`Earned on ${day}${secondsToEarn === null ? '' : `, ${duration(secondsToEarn)}`}`;
}

/** "3 tries, 1 of 2 hints, solution seen"; empty where nothing was done. */
export function helpText(result: ExerciseResult): string {
  const { tries, hintsUsed, hintsGiven, solutionSeenAt, earnedWithSolution } = result;
  const when = earnedWithSolution ? say`solution seen before` : say`solution seen`;
  return [
    ...(tries === 0 ? [] : [tries === 1 ? say`1 try` : say`${tries} tries`]),
    ...(hintsUsed === 0
      ? []
      : [hintsGiven === 1 ? say`1 of 1 hint` : say`${hintsUsed} of ${hintsGiven} hints`]),
    ...(solutionSeenAt === null ? [] : [when]),
  ].join(', ');
}

function duration(seconds: number): string {
  if (seconds < 60) return say`within a minute`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return minutes === 1 ? say`after a minute` : say`after ${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? say`after ${hours} hours` : say`after ${Math.round(hours / 24)} days`;
}
