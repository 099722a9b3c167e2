/** Every catalogue beside this file: it translates what is said, whole, and keeps each place. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageCodeSchema } from '../../protocol/language.ts';
import { collectMessages } from './collect.ts';

const ids = Object.keys(collectMessages());
const codes = readdirSync(import.meta.dirname)
  .map((name) => name.replace(/\.json$/, ''))
  .filter((name) => languageCodeSchema.safeParse(name).success);

const places = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).toSorted();
const edges = (text: string): string => `${/^[\s,;.:]*/.exec(text)?.[0]}|${/\s*$/.exec(text)?.[0]}`;

describe.each(codes)('%s', (code) => {
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, `${code}.json`), 'utf8')) as Record<
    string,
    string
  >;

  test('nothing is translated that is not said', () => {
    expect(Object.keys(texts).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('each place of a message is in its translation, and it begins and ends as a part of a sentence does', () => {
    const wrong = Object.entries(texts).filter(
      ([id, text]) => `${places(id).join()}${edges(id)}` !== `${places(text).join()}${edges(text)}`,
    );
    expect(wrong).toEqual([]);
  });

  test('what stands in code is the same', () => {
    const code = (text: string): string[] => (text.match(/`[^`]*`/g) ?? []).toSorted();
    const wrong = Object.entries(texts).filter(([id, text]) => code(id).join() !== code(text).join());
    expect(wrong).toEqual([]);
  });
});
