/** The table in docs/security.md that says which knob makes which case fail. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { cases } from '../cases.ts';
import { knobs } from './knobs.ts';

const document = fileURLToPath(new URL('../../../docs/security.md', import.meta.url));
const [start, end] = ['<!-- knobs: written by npm run test:escape -- --knobs -->', '<!-- /knobs -->'];

const memory = fileURLToPath(new URL('shown.json', import.meta.url));

/** By knob, the cases that failed when it was last turned. */
export function recall(): Record<string, string[]> {
  return JSON.parse(readFileSync(memory, 'utf8')) as Record<string, string[]>;
}

/** By case, names of the knobs under which it failed. */
export type Shown = ReadonlyMap<string, readonly string[]>;

export function byCase(found: Record<string, string[]>): Shown {
  const known = knobs.filter(({ name }) => name in found);
  return new Map(
    cases.map(({ id }) => [
      id,
      known.filter(({ name }) => found[name]?.includes(id)).map(({ name }) => name),
    ]),
  );
}

/** Cases that no knob showed failing and that give no reason for it. */
export function unshown(shown: Shown): string[] {
  return cases.filter(({ id, kernel }) => kernel === undefined && !shown.get(id)?.length).map(({ id }) => id);
}

export async function remember(found: Record<string, string[]>): Promise<void> {
  const options = await resolveConfig(memory);
  writeFileSync(memory, await format(JSON.stringify(found), { ...options, filepath: memory }));
}

export async function writeTable(shown: Shown): Promise<void> {
  const of = (id: string) => shown.get(id) ?? [];
  const rows = cases.map(({ id, name, kernel }) => {
    const why = of(id).length > 0 ? of(id).join(', ') : `none: ${kernel ?? 'NOT SHOWN'}`;
    return `| ${id} | ${name} | ${why} |`;
  });
  const turned = knobs.map(({ name, what }) => `| ${name} | ${what} |`);
  const text = [
    start,
    '',
    '| knob | what it takes away |',
    '| --- | --- |',
    ...turned,
    '',
    '| case | what holds | fails with |',
    '| --- | --- | --- |',
    ...rows,
    '',
    end,
  ].join('\n');
  const whole = readFileSync(document, 'utf8');
  const [from, to] = [whole.indexOf(start), whole.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`${document} has no place for the table: expected ${start} and ${end}`);
  const written = whole.slice(0, from) + text + whole.slice(to + end.length);
  const options = await resolveConfig(document);
  writeFileSync(document, await format(written, { ...options, filepath: document }));
}
