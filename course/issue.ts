import type { z } from 'zod';
import { closest } from './closest.ts';
import { childValue, keysAt, valueAt } from './schema-keys.ts';

/** A fault of one document, still by path. `key`: the fault is that key itself, not its value. */
export interface DocumentFault {
  path: PropertyKey[];
  key?: string;
  message: string;
}

/** Turns zod's issues of one document into sentences for its author. */
export function explainIssues(
  issues: readonly z.core.$ZodIssue[],
  document: { schema: z.core.$ZodType; input: unknown },
): DocumentFault[] {
  const faults = issues.flatMap((issue) => explainIssue(issue, document));
  const misspelt = new Set(faults.flatMap((fault) => (fault.meant === undefined ? [] : [fault.meant])));
  return faults.filter((fault) => fault.missing === undefined || !misspelt.has(fault.missing));
}

/** `meant` and `missing` are whole paths as text: a misspelt key and its absence are one fault, told once. */
type ExplainedFault = DocumentFault & { meant?: string; missing?: string };

function explainIssue(
  issue: z.core.$ZodIssue,
  document: { schema: z.core.$ZodType; input: unknown },
): ExplainedFault[] {
  const found = valueAt(document.input, issue.path);
  const key = issue.path.findLast((step) => typeof step === 'string');
  const name = key === undefined ? 'the document' : code(key);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(document.schema, issue.path, document.input);
    return issue.keys.map((key) => unknownKey({ key, known, path: issue.path }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return explainUnion(issue, found, name, document);
  if (found === undefined && issue.code !== 'custom') {
    const message = `${name} is missing; ${expectation(issue)}`;
    return [{ path: issue.path.slice(0, -1), message, missing: issue.path.join('\0') }];
  }
  if (issue.code === 'custom') return [{ path: issue.path, message: issue.message }];
  const meant = typeof found === 'string' ? closest(found, wordsOf(issue)) : null;
  const hint = meant === null ? quotesHint(issue, found) : `; did you mean ${code(meant)}?`;
  return [{ path: issue.path, message: `${name} is ${shown(found)}; ${expectation(issue)}${hint}` }];
}

function unknownKey(options: { key: string; known: string[]; path: PropertyKey[] }): ExplainedFault {
  const { key, known, path } = options;
  const meant = closest(key, known);
  const hint = meant === null ? '' : `; did you mean ${code(meant)}?`;
  const message = `unknown key ${code(key)}; expected ${oneOf(known)}${hint}`;
  return { path, key, message, ...(meant !== null && { meant: [...path, meant].join('\0') }) };
}

/** A union that no discriminator tells apart: `equals`, `contains` or `matches`. The key written decides. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  found: unknown,
  name: string,
  document: { schema: z.core.$ZodType; input: unknown },
): ExplainedFault[] {
  const known = keysAt(document.schema, issue.path, document.input);
  const written = typeof found === 'object' && found !== null ? Object.keys(found) : [];
  const stray = written.filter((key) => !known.includes(key));
  if (stray.length > 0) return stray.map((key) => unknownKey({ key, known, path: issue.path }));
  const fitting = issue.errors.find((errors) => errors.every((each) => each.path.length > 0));
  if (written.length === 1 && fitting !== undefined) {
    const inner = fitting.filter((each) => childValue(found, each.path[0]!) !== undefined);
    return inner.flatMap((each) =>
      explainIssue({ ...each, path: [...issue.path, ...each.path] } as z.core.$ZodIssue, document),
    );
  }
  const what = found === undefined ? 'is missing' : `is ${shown(found)}`;
  const message = `${name} ${what}; expected exactly one of the keys ${known.map(code).join(', ')}`;
  return [{ path: found === undefined ? issue.path.slice(0, -1) : issue.path, message }];
}

function wordsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_union' && 'options' in issue) return (issue.options as unknown[]).map(String);
  return [];
}

function expectation(issue: z.core.$ZodIssue): string {
  const words = wordsOf(issue);
  if (words.length > 0) return `expected ${oneOf(words)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeNames[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `expected at least ${issue.minimum}${unitNames[issue.origin] ?? ''}`;
    case 'too_big':
      return `expected at most ${issue.maximum}${unitNames[issue.origin] ?? ''}`;
    case 'invalid_format':
      return issue.message.startsWith('expected')
        ? issue.message
        : `expected text matching ${issue.pattern ?? issue.format}`;
    default:
      return issue.message;
  }
}

const typeNames: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
};

const unitNames: Record<string, string> = { string: ' characters', array: ' entries' };

function quotesHint(issue: z.core.$ZodIssue, found: unknown): string {
  const plainScalar = typeof found === 'number' || typeof found === 'boolean' || found === null;
  const wantsText = issue.code === 'invalid_type' && issue.expected === 'string';
  if (wantsText && plainScalar) return '; put it between quotes';
  const looksPlain = typeof found === 'string' && /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(found);
  const wantsPlain = issue.code === 'invalid_type' && ['int', 'number', 'boolean'].includes(issue.expected);
  return wantsPlain && looksPlain ? ', without quotes' : '';
}

function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return `keys with values (${Object.keys(value).slice(0, 5).join(', ')})`;
  if (typeof value === 'string') {
    const cut = value.length > 40 ? `${value.slice(0, 40)}…` : value;
    return `${code(cut)}${value.length > 40 ? ` (${value.length} characters)` : ''}`;
  }
  return `the ${typeof value} ${String(value)}`;
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? code(words[0]!) : `one of ${words.map(code).join(', ')}`;
}

function code(word: string): string {
  return `\`${word}\``;
}
