import type { Seen } from '../finding.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';

/** Nearest first: what differs in case alone, what has the name in it (`shop_data` for `data`), whatever there is. */
export function explainAbsence(options: { noun: string; name: string; there: readonly string[] }): Seen {
  const { noun, name, there } = options;
  const none = say`There is no ${noun} ${span(name)} yet`;
  if (there.length === 0)
    return { sentence: say`${none}; there is no ${noun} at all.`, observed: say`no ${noun}` };
  const wanted = name.toLowerCase();
  const sameButForCase = there.filter((other) => other.toLowerCase() === wanted);
  const similar = there.filter((other) => other.toLowerCase().includes(wanted));
  const nearest = [sameButForCase, similar].find((names) => names.length > 0);
  const shown = spans(nearest ?? there, 4);
  const hint = sameButForCase.length > 0 ? say` Upper and lower case count.` : '';
  return { sentence: say`${none}; there is ${shown}.${hint}`, observed: shown };
}
