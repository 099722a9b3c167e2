/**
 * Every message the pages can say, from their source: `node site/src/text/collect.ts` prints those that a language lacks.
 * For those who translate; nothing imports it but the test of the languages.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { errorCodes } from '../../../protocol/errors.ts';
import { startFaults } from '../../../protocol/start-faults.ts';
import { messageId, type Catalogue } from './message.ts';

const sourceDir = join(import.meta.dirname, '..');
const languagesDir = join(import.meta.dirname, 'languages');

/** Message ids, sorted. With what the portal says of faults: the page looks that up by its English sentence. */
export function collectMessages(): string[] {
  const ofErrors = Object.values(errorCodes).map(({ learner }) => learner);
  const found = new Set<string>([...ofErrors, ...Object.values(startFaults)]);
  for (const path of readdirSync(sourceDir, { recursive: true, encoding: 'utf8' })) {
    if (/\.(test|fixture)\.ts$/.test(path)) continue;
    const text = () => readFileSync(join(sourceDir, path), 'utf8');
    if (path.endsWith('.ts')) for (const id of messagesIn(text())) found.add(id);
    if (path.endsWith('.astro')) for (const id of messagesOfPage(text())) found.add(id);
  }
  return [...found].toSorted();
}

export function readLanguage(code: string): Catalogue {
  return JSON.parse(readFileSync(join(languagesDir, `${code}.json`), 'utf8')) as Catalogue;
}

/** Languages that the pages speak beside English: `de`. */
export function languageCodes(): string[] {
  return readdirSync(languagesDir).map((name) => name.replace(/\.json$/, ''));
}

function messagesIn(text: string): string[] {
  const ids: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say') ids.push(idOf(node.template));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return ids;
}

/** Astro's pages are no TypeScript as a whole, but each message in them is. */
function messagesOfPage(text: string): string[] {
  return [...text.matchAll(/\bsay`/g)].flatMap(({ index }) => {
    const [first] = messagesIn(text.slice(index));
    return first === undefined ? [] : [first];
  });
}

function idOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return messageId([template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]);
}

if (import.meta.main) {
  for (const code of languageCodes()) {
    const said = readLanguage(code);
    const lacking = collectMessages().filter((id) => said[id] === undefined);
    console.log(JSON.stringify(Object.fromEntries(lacking.map((id) => [id, ''])), null, 2));
  }
}
