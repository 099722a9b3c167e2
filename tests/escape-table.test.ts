import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cases } from './escape/cases.ts';
import { knobs } from './escape/knobs/knobs.ts';
import { byCase, recall, unshown } from './escape/knobs/table.ts';

test('every case was seen to fail with a wall down, or says why none of ours can show it', () => {
  expect(unshown(byCase(recall()))).toEqual([]);
});

test('every knob was turned, and made something fail', () => {
  const found = recall();
  expect(Object.keys(found).toSorted()).toEqual(knobs.map(({ name }) => name).toSorted());
  for (const [knob, failed] of Object.entries(found)) expect(failed, knob).not.toEqual([]);
});

test('numbers are given once, and the table in docs/security.md has every case', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const document = readFileSync(fileURLToPath(new URL('../docs/security.md', import.meta.url)), 'utf8');
  for (const id of ids) expect(document).toMatch(new RegExp(`^\\| ${id} `, 'm'));
});
