/** What the checks made of one changed solve script. */
export interface MutantResult {
  exerciseId: string;
  /** Of `solve.sh`, from 1. */
  line: number;
  change: string;
  /**
   * `killed`: a check fails, as it should. `survived`: every check passes. `equivalent`: that too, and the author says
   * why. `unjudged`: no check fails, but not all could look; or the machine failed.
   */
  outcome: 'killed' | 'survived' | 'equivalent' | 'unjudged';
  /** The first check that fails. */
  by?: string;
  /** Its sentence, the author's reason, or why it could not be judged. */
  detail?: string;
  ms: number;
}

export interface MutationScore {
  killed: number;
  survived: number;
  equivalent: number;
  unjudged: number;
  /** Killed, of all that are not equivalent: 0 to 100, rounded down, so that 100 is all of them. */
  percent: number;
}

export interface MutationProof {
  ok: boolean;
  ms: number;
  score: MutationScore;
  mutants: MutantResult[];
  /** Declarations of equivalents that are not so. */
  faults: string[];
}

export function scoreOf(mutants: readonly MutantResult[]): MutationScore {
  const count = (outcome: MutantResult['outcome']): number =>
    mutants.filter((each) => each.outcome === outcome).length;
  const [killed, equivalent] = [count('killed'), count('equivalent')];
  const of = mutants.length - equivalent;
  const percent = of === 0 ? 100 : Math.floor((100 * killed) / of);
  return { killed, survived: count('survived'), equivalent, unjudged: count('unjudged'), percent };
}
