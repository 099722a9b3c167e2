import type { AnswerCheck } from '../../protocol/checks/answer.ts';
import { say } from '../say.ts';

type Compare = AnswerCheck['compare'];

const minIdDigits = 4;

/** Without outer white space and quotes, bounded. */
export function cleanAnswer(typed: string): string {
  return typed
    .slice(0, 1_000)
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
}

export function answerFits(compare: Compare, typed: string, value: string): boolean {
  if (compare === 'number')
    return /^[+-]?\d{1,30}$/.test(value.trim()) && BigInt(value.trim()) === integer(typed);
  if (compare === 'exact') return typed === cleanAnswer(value);
  const [asked, given] = [idDigits(value), idDigits(typed)];
  return asked !== null && given !== null && given.length >= minIdDigits && asked.startsWith(given);
}

/** A sentence where the answer cannot be one of this kind at all. */
export function explainShape(compare: Compare, typed: string): string | null {
  if (compare === 'number' && integer(typed) === null) return say`A whole number is asked for, like 42.`;
  if (compare !== 'id') return null;
  const bare = typed.replace(/^sha256:/i, '');
  if (bare === '') return say`The id is what comes after \`sha256:\`.`;
  if (idDigits(typed) === null && bare.length <= 64 && !/\s/.test(bare)) return null;
  if (idDigits(typed) === null) return say`An id is one word of the digits 0 to 9 and the letters a to f.`;
  if (bare.length < minIdDigits) {
    return say`That is too short to tell one id from another: type at least its first ${minIdDigits} characters.`;
  }
  return null;
}

/** Lower-case hex digits; null for what is no id. */
export function idDigits(text: string): string | null {
  return /^(?:sha256:)?([0-9a-f]{1,64})$/.exec(text.trim().toLowerCase())?.[1] ?? null;
}

function integer(text: string): bigint | null {
  return /^[+-]?\d{1,30}$/.test(text) ? BigInt(text) : null;
}
