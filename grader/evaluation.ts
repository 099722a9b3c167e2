import type { Round } from './round.ts';

/** What a kind of check is evaluated with. */
export interface Evaluation {
  round: Round;
  /** Typed texts by check id. */
  answers: ReadonlyMap<string, string>;
}
