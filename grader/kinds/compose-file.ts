import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { ComposeCheck } from '../../protocol/checks/compose.ts';
import type { Blindness, Seen } from '../finding.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';
import { explainMissing } from './file-missing.ts';

type File = NonNullable<ComposeCheck['file']>;

interface JudgedFile {
  where: string;
  blind?: Blindness;
  miss?: Seen;
}

/** Entries of a list that are read. */
const maxEntries = 100;

export async function judgeComposeFile({ path, says = {} }: File, round: Round): Promise<JudgedFile> {
  const where = span(path);
  const seen = await round.file(path);
  if (!seen.ok) return { where, blind: seen };
  const { exists, text } = seen.value;
  if (!exists) return { where, miss: await explainMissing({ path, file: seen.value, round }) };
  if (text === undefined)
    return { where, miss: { sentence: say`${where} is not a file.`, observed: say`no file` } };
  // Nothing is resolved but what is asked for, so that no alias can grow.
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1;
    return {
      where,
      miss: {
        sentence: say`${where} is not YAML from line ${line} on.`,
        observed: say`no YAML`,
        hint: say`\`docker compose config\` says what is wrong with it. Indentation is by spaces, never by tabs.`,
      },
    };
  }
  for (const [key, wanted] of Object.entries(says)) {
    const value = valueAt(document.contents, key.split('.'), (node) =>
      isAlias(node) ? node.resolve(document) : node,
    );
    if (value !== null && textMeets(wanted, value)) continue;
    const has = value === null ? say`nothing` : span(value);
    return {
      where,
      miss: {
        sentence: say`${where} says ${has} for ${span(key)}; the task asks for ${textAsked(wanted)}.`,
        observed: say`${span(key)}: ${has}`,
      },
    };
  }
  return { where };
}

/** A scalar's text; a list's scalars joined by spaces; null for what is not there. */
function valueAt(root: unknown, keys: readonly string[], resolve: (node: unknown) => unknown): string | null {
  let node = resolve(root);
  for (const key of keys) {
    if (!isCollection(node)) return null;
    node = resolve(isMap(node) ? node.get(key, true) : node.get(Number(key), true));
  }
  if (isScalar(node)) return String(node.value);
  if (isSeq(node)) {
    const texts = node.items.slice(0, maxEntries).map(resolve);
    return texts.map((item) => (isScalar(item) ? String(item.value) : '')).join(' ');
  }
  return isMap(node)
    ? node.items
        .slice(0, maxEntries)
        .map((pair) => String(pair.key))
        .join(' ')
    : null;
}
