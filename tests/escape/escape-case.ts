/** One way out, or to more than is one's own: a script, and what must be seen when the walls stand. */

/** Where a case runs: as a learner, in a container they started, and in one that was given everything there is to give. */
export const places = ['shell', 'container', 'privileged'] as const;
export type Place = (typeof places)[number];

type ByPlace<T> = T | Partial<Record<Place, T>>;

export interface EscapeCase {
  /** Number in docs/security.md. */
  id: string;
  /** What holds. */
  name: string;
  /**
   * Bash, run as root with the functions of `prelude.sh`. Harmless also where it succeeds: it reads, opens without
   * writing, or touches only what the tests made.
   */
  script: string;
  /** What the output must match; by place where places differ. */
  expect?: ByPlace<RegExp>;
  /** What it must not match, anywhere. */
  never?: RegExp;
  /** Uses up something: not run where the limit on it is off, unless the knob asks for it. */
  exhausts?: boolean;
  /** Knobs under which it must not run, since its success would be felt. */
  notUnder?: string[];
  /** Why no knob of ours shows it failing. */
  kernel?: string;
}

const isByPlace = (value: ByPlace<RegExp>): value is Partial<Record<Place, RegExp>> =>
  !(value instanceof RegExp);

function expectedIn(place: Place, { expect }: EscapeCase): RegExp | undefined {
  if (expect === undefined) return undefined;
  return isByPlace(expect) ? expect[place] : expect;
}

/** Null where the case holds, otherwise what was wrong. */
export function faultOf(escape: EscapeCase, place: Place, output: string): string | null {
  const wanted = expectedIn(place, escape);
  if (wanted !== undefined && !wanted.test(output)) return `expected ${wanted}, got:\n${output}`;
  if (escape.never?.test(output)) return `found ${escape.never} in:\n${output}`;
  return null;
}
