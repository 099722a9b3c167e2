/**
 * Every message the grader can say, from its source: `node grader/texts/collect.ts` writes them to `messages.json`, and
 * `node grader/texts/collect.ts de` lists what `de.json` lacks. For
 * those who change sentences; nothing imports it but the test that keeps the two in step.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { messageId } from '../say.ts';

const roomDir = join(import.meta.dirname, '..');
export const messagesFile = join(import.meta.dirname, 'messages.json');

/** Message ids, each with the files that say it. */
export function collectMessages(): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const name of readdirSync(roomDir, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || /\.(test|fixture)\.ts$/.test(name) || name.startsWith('texts/')) continue;
    const path = join(roomDir, name);
    for (const id of messagesIn(readFileSync(path, 'utf8'))) {
      const files = found.get(id) ?? new Set();
      found.set(id, files.add(relative(roomDir, path)));
    }
  }
  const sorted = [...found].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([id, files]) => [id, [...files].toSorted()]));
}

function messagesIn(text: string): string[] {
  const ids: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say') ids.push(idOf(node.template));
    if (ts.isCallExpression(node) && node.expression.getText() === 'words') ids.push(...phrasesIn(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return ids;
}

function idOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return messageId([template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]);
}

function phrasesIn(call: ts.CallExpression): string[] {
  const [table] = call.arguments;
  if (table === undefined || !ts.isObjectLiteralExpression(table)) return [];
  return table.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer)
      ? [property.initializer.text]
      : [],
  );
}

/** What a language says in English so far. */
function untranslatedIn(code: string): string[] {
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, `${code}.json`), 'utf8')) as object;
  return Object.keys(collectMessages()).filter((id) => !Object.hasOwn(texts, id));
}

if (import.meta.main) {
  const [code] = process.argv.slice(2);
  if (code === undefined) writeFileSync(messagesFile, `${JSON.stringify(collectMessages(), null, 2)}\n`);
  else
    process.stdout.write(
      untranslatedIn(code)
        .map((id) => `${JSON.stringify(id)}\n`)
        .join(''),
    );
}
