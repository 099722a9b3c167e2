/** Every catalogue beside this file says all that the pages say, whole, and keeps each place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { collectMessages, languageCodes, readLanguage } from './collect.ts';

const ids = collectMessages();
const places = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).toSorted();
const spans = (text: string): string[] => (text.match(/`[^`]*`/g) ?? []).toSorted();
const edges = (text: string): string => `${/^\s*/.exec(text)?.[0]}|${/\s*$/.exec(text)?.[0]}`;

test('the pages say hundreds of things, and German is one of their languages', () => {
  expect(ids.length).toBeGreaterThan(400);
  expect(languageCodes()).toContain('de');
});

describe.each(languageCodes())('%s', (code) => {
  const texts = readLanguage(code);

  // A sentence that is new or reworded is said in English until somebody translates it, and holds up nobody's work.
  test('nearly all is translated (node site/src/text/collect.ts prints what is lacking), and little that is not said', () => {
    const lacking = ids.filter((id) => !Object.hasOwn(texts, id));
    const unsaid = Object.keys(texts).filter((id) => !ids.includes(id));
    expect([...lacking, ...unsaid].slice(Math.floor(ids.length / 50))).toEqual([]);
  });

  test('each place and each span of code is in the translation, and spaces at the edges stay', () => {
    const wrong = Object.entries(texts).filter(
      ([id, text]) =>
        text.trim() === '' ||
        places(id).join() !== places(text).join() ||
        spans(id).join() !== spans(text).join() ||
        edges(id) !== edges(text),
    );
    expect(wrong).toEqual([]);
  });
});

const browserDir = join(import.meta.dirname, '../browser');
const sources = readdirSync(browserDir, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(?<!\.test|fake-portal)\.ts$/.test(path),
);

test.each(sources)('no sentence of %s is said in English alone', (path) => {
  expect(sentencesIn(readFileSync(join(browserDir, path), 'utf8'))).toEqual([]);
});

/** Text of three words and more that is no message. What is thrown or logged is for programmers. */
function sentencesIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isForProgrammers =
      ts.isImportDeclaration(node) ||
      (ts.isNewExpression(node) && node.expression.getText() === 'Error') ||
      (ts.isCallExpression(node) && node.expression.getText().startsWith('console.'));
    if (isForProgrammers || ts.isTaggedTemplateExpression(node)) return;
    if (ts.isStringLiteralLike(node) && /\p{Ll}{2,},? \p{L}+,? \p{Ll}/u.test(node.text))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}
