import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every custom property that is used is defined somewhere', () => {
  const sources = globSync('site/src/**/*.{css,ts,astro}').map((file) => readFileSync(file, 'utf8'));
  const all = sources.join('\n');
  const used = new Set([...all.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  const defined = new Set([...all.matchAll(/(?<!var\()(--[\w-]+)['"`]?\s*[:,]/g)].map(([, name]) => name));
  expect(used.size).toBeGreaterThan(30);
  expect([...used].filter((name) => !defined.has(name))).toEqual([]);
});
