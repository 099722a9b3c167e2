import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { errorCodes } from '../protocol/errors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('docs/errors.md has a section for every code, in the same order, and no other', () => {
  const sections = [...read('docs/errors.md').matchAll(/^## (\w+)$/gm)].map((match) => match[1]);
  expect(sections).toEqual(Object.keys(errorCodes));
});

test('docs/errors.md states the HTTP status of every code', () => {
  for (const [code, { status }] of Object.entries(errorCodes)) {
    expect(read('docs/errors.md')).toMatch(new RegExp(`^## ${code}\\n\\nHTTP ${status}\\.`, 'm'));
  }
});

const documents = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
  .filter((path) => !/(^|\/)(node_modules|dist|\.astro)\//.test(path));

test.each(documents)('links of %s lead somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)].map(
    (match) => match[1] ?? '',
  );
  const dead = links.filter((link) => !existsSync(join(root, dirname(path), link)));
  expect(dead).toEqual([]);
});

test('files that documents name in code exist', () => {
  for (const document of ['CONTRIBUTING.md', 'docs/architecture.md']) {
    const named = [...read(document).matchAll(/`((?:[a-z-]+\/)+[a-z0-9.-]*)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.length).toBeGreaterThan(3);
    // What is built is not there in a fresh clone.
    const kept = named.filter((path) => !path.startsWith('dist/'));
    expect(
      kept.filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, 'sandbox-server', path))),
    ).toEqual([]);
  }
});
