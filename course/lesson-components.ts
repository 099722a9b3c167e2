/** What a lesson is made of beside Markdown: the site has these components, and no others. */
import { closest } from './closest.ts';
import { guideAnchors } from './guide.ts';
import { blanked, placeOf } from './lesson-text.ts';
import type { Problem } from './problem.ts';

const components = ['Exercise', 'Aside', 'Figure', 'CanDo', 'ReadOn'];
const asideKinds = ['note', 'history', 'warning'];

/** Tags that are no component of a lesson, and boxes of no kind. `bodyStart`: where the frontmatter ends. */
export function componentFaults(file: string, text: string, bodyStart: number): Problem[] {
  const body = blanked(text.slice(bodyStart));
  return [...body.matchAll(/<([A-Z][\w.]*)\b([^>]*)>/g)].flatMap(
    ({ index, 1: name = '', 2: attributes = '' }) => {
      const message = faultOf(name, attributes);
      return message === null
        ? []
        : [{ file, at: placeOf(text, bodyStart + index), message, guide: guideAnchors.lessons }];
    },
  );
}

function faultOf(name: string, attributes: string): string | null {
  if (!components.includes(name)) return unknown(`there is no \`<${name}>\``, name, components);
  if (name !== 'Aside') return null;
  const [, double, single] = /\skind=(?:"([^"]*)"|'([^']*)')/.exec(attributes) ?? [];
  const kind = double ?? single;
  if (kind === undefined || asideKinds.includes(kind)) return null;
  return unknown(`an \`<Aside>\` of kind \`${kind}\` is unknown`, kind, asideKinds);
}

function unknown(what: string, word: string, known: readonly string[]): string {
  const meant = closest(word, known);
  const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
  return `${what}; expected one of \`${known.join('`, `')}\`${hint}`;
}
