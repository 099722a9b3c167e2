import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashRecipe } from './recipe-hash.ts';

let folder: string;
const hash = (inputs: string[] = ['a', 'b']) => hashRecipe({ paths: [folder], inputs });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-'));
  await mkdir(join(folder, 'files'));
  await writeFile(join(folder, 'files/start'), 'exec true');
});
afterEach(() => rm(folder, { recursive: true }));

test('the same recipe has the same hash', async () => {
  expect(await hash()).toMatch(/^[0-9a-f]{16}$/);
  expect(await hash()).toBe(await hash());
});

test.for([
  ['a changed file', () => writeFile(join(folder, 'files/start'), 'exec false')],
  ['a new file', () => writeFile(join(folder, 'files/stop'), '')],
  ['a moved file', () => rename(join(folder, 'files/start'), join(folder, 'start'))],
  ['a file made executable', () => chmod(join(folder, 'files/start'), 0o755)],
] as const)('%s changes it', async ([, change]) => {
  const before = await hash();
  await change();
  expect(await hash()).not.toBe(before);
});

test('inputs change it, also where they only move from one to the next', async () => {
  expect(await hash(['a', 'b'])).not.toBe(await hash(['ab', '']));
});

test('tests and READMEs do not change it', async () => {
  const before = await hash();
  await writeFile(join(folder, 'files/start.test.ts'), '');
  await writeFile(join(folder, 'README.md'), '');
  expect(await hash()).toBe(before);
});
