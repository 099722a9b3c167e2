import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf } from './site-build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hash-'));
  mkdirSync(path.join(folder, 'site/pages'), { recursive: true });
  writeFileSync(path.join(folder, 'site/pages/index.astro'), 'home');
  writeFileSync(path.join(folder, 'lock.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = () => hashOf(['site', 'lock.json', 'not-there'].map((name) => path.join(folder, name)));

test('the same contents have the same hash', () => {
  expect(hash()).toBe(hash());
});

test('what is changed, added or renamed changes it', () => {
  const seen = new Set([hash()]);
  writeFileSync(path.join(folder, 'site/pages/index.astro'), 'Home');
  seen.add(hash());
  writeFileSync(path.join(folder, 'site/pages/more.astro'), '');
  seen.add(hash());
  writeFileSync(path.join(folder, 'lock.json'), '{ }');
  seen.add(hash());
  expect(seen.size).toBe(4);
});

test('a test is no part of what is built', () => {
  const before = hash();
  writeFileSync(path.join(folder, 'site/pages/index.test.ts'), 'test');
  expect(hash()).toBe(before);
});
