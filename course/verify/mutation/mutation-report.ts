import type { MutantResult, MutationProof, MutationScore } from './mutation-proof.ts';

/** Below an exercise's scripts: its score, and each change that no check noticed. */
export function mutationRows({
  score,
  mutants,
  faults,
  recalled,
}: MutationProof & { recalled?: true }): string[] {
  const open = mutants.filter(({ outcome }) => outcome === 'survived' || outcome === 'unjudged');
  return [
    `  changes of solve.sh: ${scoreWords(score)}${recalled ? ' (proven before)' : ''}`,
    ...open.flatMap(rowsOf),
    ...faults.flatMap((fault) => indented(fault)),
  ];
}

/** Of the whole course, on one line. */
export function mutationSummary(score: MutationScore): string {
  return `Changes of the solutions: ${scoreWords(score)}.`;
}

function scoreWords({ killed, survived, equivalent, unjudged, percent }: MutationScore): string {
  const parts = [
    `${killed + survived + unjudged + equivalent} made`,
    `${killed} noticed by a check`,
    ...(equivalent === 0 ? [] : [`${equivalent} declared equivalent`]),
    ...(survived === 0 ? [] : [`${survived} survived`]),
    ...(unjudged === 0 ? [] : [`${unjudged} not judged`]),
  ];
  return `${percent} % (${parts.join(', ')})`;
}

function rowsOf({ line, change, outcome, detail }: MutantResult): string[] {
  const what = outcome === 'survived' ? 'survived' : `not judged: ${detail}`;
  return indented(`line ${line}, ${change}: ${what}`);
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `      ${line}`);
}
