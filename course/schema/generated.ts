/** What is made from the schemas and committed, by path in the repository. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { jsonSchemas } from './json-schema.ts';
import { referenceText } from './reference.ts';

const begin = '<!-- Made by `npm run schemas` from protocol/. Do not edit by hand. -->';
const end = '<!-- End of what is made. -->';

export async function generatedFiles(repository: string): Promise<Record<string, string>> {
  const schemas = await jsonSchemas();
  const guide = 'docs/authoring.md';
  const files = Object.entries(schemas).map(([name, schema]) => [
    `content/schemas/${name}.json`,
    `${JSON.stringify(schema, null, 1)}\n`,
  ]);
  const text = await readFile(join(repository, guide), 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from)
    throw new Error(`${guide} has no place for the reference; expected the lines\n${begin}\n${end}`);
  const whole = `${text.slice(0, from)}${begin}\n\n${referenceText(schemas)}\n${text.slice(to)}`;
  const options = await resolveConfig(join(repository, guide));
  return { ...Object.fromEntries(files), [guide]: await format(whole, { ...options, parser: 'markdown' }) };
}
