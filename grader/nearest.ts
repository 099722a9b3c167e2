import type { Seen } from './finding.ts';

/** One thing asked of a candidate. */
export interface Facet<T> {
  /** Short, for what was expected: "running", "from `nginx`". */
  asked: string;
  met(candidate: T): boolean;
  /** A sentence on a candidate that does not meet it, the phrase of what was seen, and a hint where there is one. */
  miss(candidate: T): Seen;
}

export interface Judged<T> {
  candidate: T;
  unmet: Facet<T>[];
}

/**
 * Judges every candidate, nearest first: the fewest facets unmet; among equals, the one that fails later in the list of
 * facets (they stand in the order of importance), then the order given.
 */
export function judge<T>(candidates: readonly T[], facets: readonly Facet<T>[]): Judged<T>[] {
  return candidates
    .map((candidate) => {
      const unmet = facets.filter((facet) => !facet.met(candidate));
      const firstUnmet = unmet[0] === undefined ? facets.length : facets.indexOf(unmet[0]);
      return { candidate, unmet, firstUnmet };
    })
    .toSorted((left, right) => left.unmet.length - right.unmet.length || right.firstUnmet - left.firstUnmet)
    .map(({ candidate, unmet }) => ({ candidate, unmet }));
}
