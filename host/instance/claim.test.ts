import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layoutOf } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { claimInstance, enterInstance, readClaims } from './claim.ts';
import { clearRuntime } from './clear-runtime.ts';

let folder: string;
const { signal } = new AbortController();
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'claim-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function instance(name: string): Layout {
  const dataDir = path.join(folder, name);
  mkdirSync(dataDir, { recursive: true });
  return layoutOf(dataDir, path.join(folder, 'run'));
}

async function claim(layout: Layout, options: { inUse?: boolean } = {}): Promise<number> {
  using _lock = enterInstance(layout);
  return (await claimInstance({ layout, kind: 'course', inUse: false, ...options, signal })).idBase;
}

test('instances at once have different ids, and keep them', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(instance);
  const bases = await Promise.all(names.map((layout) => claim(layout)));
  expect(new Set(bases).size).toBe(bases.length);
  expect(await claim(names[3]!, { inUse: true })).toBe(bases[3]);
  expect(readClaims(names[0]!.runtimeRoot)).toHaveLength(names.length);
});

test('ids that another instance took meanwhile are given up where no disk has them', async () => {
  const [first, second] = [instance('first'), instance('second')];
  const base = await claim(first);
  clearRuntime(first.runtimeDir);
  // The other one happens to have had the same block in another life.
  writeFileSync(second.instanceFile, JSON.stringify({ idBase: base }));
  expect(await claim(second, { inUse: true })).toBe(base);
  expect(await claim(first)).not.toBe(base);
});

test('where both have disks, the second is refused and told whom to stop', async () => {
  const [first, second] = [instance('first'), instance('second')];
  const base = await claim(first);
  writeFileSync(second.instanceFile, JSON.stringify({ idBase: base }));
  await expect(claim(second, { inUse: true })).rejects.toThrow(`chrootcamp stop --data ${first.dataDir}`);
});

test('only one may enter', () => {
  const layout = instance('a');
  using lock = enterInstance(layout);
  expect(lock).not.toBeNull();
  expect(enterInstance(layout)).toBeNull();
});

test('the runtime directory of all instances goes with the last one', async () => {
  const [first, second] = [instance('first'), instance('second')];
  await claim(first);
  await claim(second);
  clearRuntime(first.runtimeDir);
  expect(readClaims(first.runtimeRoot)).toHaveLength(1);
  clearRuntime(second.runtimeDir);
  expect(existsSync(second.runtimeRoot)).toBe(false);
});
