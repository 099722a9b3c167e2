import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { capacitySchema, checkpointBoundsSchema } from '../protocol/capacity.ts';
import { lifetimesSchema } from '../protocol/lifetimes.ts';
import { limitsSchema } from '../protocol/limits.ts';
import { packageSourcesSchema } from '../protocol/package-sources.ts';

const text = readFileSync(new URL('../docs/operating.md', import.meta.url), 'utf8');

/** Rows of the table below a heading, as `field`, default, description. */
function rowsBelow(heading: string): string[][] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| |\|$/g, '').trim()));
}

test('docs/operating.md lists every field of “Package sources” as the schema has it', () => {
  const expected = Object.entries(packageSourcesSchema.shape).map(([name, field]) => [
    `\`${name}\``,
    field.description,
  ]);
  expect(rowsBelow('Package sources')).toEqual(expected);
});

test.each([
  ['Limits of one machine', limitsSchema],
  ['Lifetimes', lifetimesSchema],
  ['Capacity', capacitySchema],
  ['Checkpoints', checkpointBoundsSchema],
] as const)('docs/operating.md lists every field of “%s” as the schema has it', (heading, schema) => {
  const defaults: Record<string, number> = schema.parse({});
  const expected = Object.entries(schema.shape).map(([name, field]) => [
    `\`${name}\``,
    defaults[name]?.toLocaleString('en'),
    field.description,
  ]);
  expect(rowsBelow(heading)).toEqual(expected);
});
