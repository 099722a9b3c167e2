import { fail, pass, type Finding, type Question, type Seen } from '../finding.ts';
import { judge, type Facet } from '../nearest.ts';
import { say } from '../say.ts';

interface NamedThing<T> {
  question: Question;
  present: boolean;
  /** "image `nginx`". */
  called: string;
  /** Undefined where it is not there. */
  thing: T | undefined;
  facets: readonly Facet<T>[];
  /** What to say where it is missed. */
  absent: () => Seen;
}

/** "image `nginx`, with the user `app`"; "no image `nginx`". */
export function askedOfNamed(options: {
  called: string;
  present: boolean;
  facets: readonly { asked: string }[];
}): string {
  const { called, present, facets } = options;
  return present ? [called, ...facets.map((facet) => facet.asked)].join(', ') : say`no ${called}`;
}

/** Of what is asked for by name: it is there and as asked, or gone. */
export function judgeNamed<T>({ question, present, called, thing, facets, absent }: NamedThing<T>): Finding {
  const name = called.replace(/^./, (letter) => letter.toUpperCase());
  if (thing === undefined) {
    if (present) return fail(question, absent());
    return pass(question, { sentence: say`${name} is not there, as asked.`, observed: say`no ${called}` });
  }
  if (!present) {
    const sentence = say`${name} is still there; the task asks that it be gone.`;
    return fail(question, { sentence, observed: called }, 1);
  }
  const [{ unmet } = { unmet: [] }] = judge([thing], facets);
  if (unmet[0] !== undefined) return fail(question, unmet[0].miss(thing), unmet.length);
  const asked = facets.map((facet) => facet.asked);
  return pass(question, { sentence: `${[say`${name} is there`, ...asked].join(', ')}.`, observed: called });
}
