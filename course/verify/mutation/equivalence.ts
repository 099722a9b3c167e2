import type { Equivalent } from '../../../protocol/exercise.ts';
import { closest } from '../../closest.ts';
import type { MutantResult } from './mutation-proof.ts';

/** The author's word that the checks need not notice this change, or null. */
export function declared(
  { line, change }: { line: number; change: string },
  equivalent: readonly Equivalent[],
): Equivalent | null {
  return equivalent.find((each) => each.line === line && each.change === change) ?? null;
}

/** What is declared and not so: a change that is not made there, or one that the checks do notice. */
export function faultsOfDeclarations(
  equivalent: readonly Equivalent[],
  results: readonly MutantResult[],
): string[] {
  return equivalent.flatMap(({ line, change }) => {
    const result = results.find((each) => each.line === line && each.change === change);
    const what = `\`equivalent\` has \`${change}\` in line ${line}`;
    if (result === undefined) {
      const there = results.filter((each) => each.line === line).map((each) => each.change);
      const meant = closest(change, there);
      const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
      return [`${what}, and no such change is made there; expected one as it is listed${hint}`];
    }
    if (result.outcome !== 'killed') return [];
    return [
      `${what}, and check \`${result.by}\` notices it: ${result.detail}\nTake it out of exercise.yaml.`,
    ];
  });
}
