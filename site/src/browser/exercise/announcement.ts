import { say } from '../page/say.ts';
import type { ExerciseState } from '../../../../protocol/portal-api.ts';

/**
 * What to say aloud when an exercise changed: checks that now hold, checks that no longer do, and when it was earned. Empty
 * for the first state heard of, which is no news.
 *
 * @param labels by check id
 */
export function describeChange(
  before: ExerciseState | null,
  after: ExerciseState,
  { title, labels }: { title: string; labels: ReadonlyMap<string, string> },
): string[] {
  if (before === null) return [];
  const sentences: string[] = [];
  for (const verdict of after.verdicts) {
    const was = before.verdicts.find(({ checkId }) => checkId === verdict.checkId)?.status;
    const label = labels.get(verdict.checkId) ?? verdict.checkId;
    if (verdict.status === 'pass' && was !== 'pass') sentences.push(say`Done: ${label}`);
    if (was === 'pass' && verdict.status !== 'pass')
      sentences.push(say`No longer so: ${label} ${verdict.sentence}`);
  }
  if (before.earnedAt === null && after.earnedAt !== null) sentences.push(say`Exercise earned: ${title}.`);
  return sentences;
}
