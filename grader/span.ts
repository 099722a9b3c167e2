import { say } from './say.ts';
/** What fits in a sentence: longer names and paths lose their middle. */
const maxCharacters = 60;
/** Characters that are not seen or move what is: C0, C1, bidirectional controls, zero-width, line separators, tags. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
const named: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\u001b': '\\e' };

/**
 * Text of any origin as a Markdown code span that cannot end early, hide or reorder anything: `` `web` ``. Backticks
 * become apostrophes, control characters are shown escaped, 60 characters at most.
 */
export function span(text: string): string {
  if (text === '') return '`""`';
  const characters = Array.from(text.slice(0, 4 * maxCharacters), escaped);
  const cut = text.length > 4 * maxCharacters || characters.length > maxCharacters;
  if (!cut) return `\`${spaced(characters.join(''))}\``;
  const tail = Array.from(text.slice(-2 * maxCharacters), escaped).slice(-20);
  return `\`${spaced(`${characters.slice(0, maxCharacters - 21).join('')}…${tail.join('')}`)}\``;
}

function escaped(character: string): string {
  if (character === '`') return "'";
  return character.replace(unseen, (hidden) => {
    const code = hidden.codePointAt(0)!.toString(16);
    return named[hidden] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`);
  });
}

/** A code span of spaces alone, or with them at its ends, would lose them. */
function spaced(text: string): string {
  return text.trim() === text ? text : `"${text}"`;
}

/** `` `ls`, `sh` and `vi` ``; more than `most` end in "and 7 more". */
export function spans(texts: readonly string[], most = 6): string {
  const shown = texts.length > most ? texts.slice(0, most - 1) : texts;
  const words = shown.map(span);
  if (shown.length < texts.length) words.push(say`${texts.length - shown.length} more`);
  return listed(words);
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return say`${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Bounds a phrase that is not in a code span, such as a reason given by the machinery. */
export function phrase(text: string): string {
  const plain = text.replaceAll(unseen, ' ').trim();
  return plain.length > 200 ? `${plain.slice(0, 199).toWellFormed()}…` : plain;
}
