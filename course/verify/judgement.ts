import type { ExerciseVerdict, Verdict } from '../../protocol/verdict.ts';

/** Each says why verdicts are not what they must be, or null where they are. */

/** Before the learner has done anything: not solved, and everything could be looked at. */
export function faultOfFresh({ verdicts, complete }: ExerciseVerdict): string | null {
  const blind = faultOfSight(verdicts);
  if (blind !== null) return blind;
  return complete ? 'every check passes in a fresh machine, so that nothing is left to do' : null;
}

/** After a solution. */
export function faultOfSolved({ verdicts, complete }: ExerciseVerdict): string | null {
  if (complete) return null;
  const open = verdicts.filter((verdict) => verdict.status !== 'pass');
  return open.map((verdict) => `check \`${verdict.checkId}\` does not pass: ${verdict.sentence}`).join('\n');
}

/** After a near miss: the stated check fails, for the stated reason. */
export function faultOfWrong(
  { verdicts }: ExerciseVerdict,
  { fails, says }: { fails: string; says: string },
): string | null {
  const verdict = verdicts.find((each) => each.checkId === fails);
  if (verdict === undefined) return `there is no check \`${fails}\``;
  const blind = faultOfSight([verdict]);
  if (blind !== null) return blind;
  if (verdict.status === 'pass') {
    return `check \`${fails}\` passes and must not: ${verdict.sentence}`;
  }
  if (verdict.sentence.includes(says)) return null;
  return `check \`${fails}\` fails with another sentence than one with "${says}" in it: ${verdict.sentence}`;
}

function faultOfSight(verdicts: readonly Verdict[]): string | null {
  const blind = verdicts.filter((verdict) => verdict.status === 'could-not-look');
  if (blind.length === 0) return null;
  return blind
    .map(({ checkId, sentence }) => `check \`${checkId}\` could not be judged: ${sentence}`)
    .join('\n');
}
