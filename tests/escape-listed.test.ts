import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cases } from './escape/cases.ts';
import { elsewhere, listed } from './escape/listed.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const inSuite = new Set(cases.map(({ id }) => id));

test('every case that was listed is one of the suite, or is proved elsewhere', () => {
  expect(listed.filter((id) => !inSuite.has(id) && !(id in elsewhere))).toEqual([]);
  expect(Object.keys(elsewhere).filter((id) => !listed.includes(id))).toEqual([]);
});

test.each(Object.entries(elsewhere))('the proofs of %s exist', (_, { by }) => {
  for (const proof of by) {
    const [file = '', words] = proof.split(/: (.*)/s);
    if (words === undefined) expect(inSuite).toContain(proof);
    else expect(read(file).replaceAll('\\', '')).toContain(words);
  }
});

test('docs/security.md has a row for each proof elsewhere, as it is', () => {
  const squeezed = read('docs/security.md').replaceAll(/ +/g, ' ');
  for (const [id, { what, by, open }] of Object.entries(elsewhere)) {
    const files = by.map((proof) => (proof.includes(': ') ? `\`${proof.split(': ')[0]}\`` : proof));
    const words = [...new Set(files)].join(', ') + (open === undefined ? '' : `; open: ${open}`);
    expect(squeezed).toContain(`| ${id} | ${what} | ${words} |`);
  }
});
