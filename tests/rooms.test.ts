import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which rooms a room may import besides itself. */
const allowed: Record<string, string[]> = {
  protocol: [],
  content: [],
  grader: ['protocol'],
  'sandbox-server': ['protocol'],
  'sandbox-client': ['protocol', 'grader'],
  course: ['protocol', 'grader', 'sandbox-client'],
  site: ['protocol'],
  portal: ['protocol', 'grader', 'sandbox-client', 'course'],
  machine: ['protocol'],
  host: ['protocol'],
};

/** Only these of protocol/ may reach the browser: the others bring zod along. */
const inBrowser = [
  'protocol/close-codes.ts',
  'protocol/lesson-feed.ts',
  'protocol/network.ts',
  'protocol/output-queue.ts',
  'protocol/plain-output.ts',
  'protocol/runaway-counts.ts',
  'protocol/scrolls-whole.ts',
  'protocol/unfinished-sequence.ts',
];

function sources(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mts|mjs|astro|mdx)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

interface Import {
  target: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /^\s*(?:import|export)\s(type\s)?[^'"]*?from\s+['"](\.[^'"]+)['"]|(?:import|import\.meta\.glob)\(\s*['"](\.[^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    target: relative(root, resolve(dirname(file), match[2] ?? match[3] ?? '')),
    typeOnly: match[1] !== undefined,
  }));
}

test.each(Object.keys(allowed))('%s imports only what it may', (room) => {
  const offences = sources(room).flatMap((file) =>
    importsOf(file)
      .map(({ target }) => target.split('/')[0] as string)
      .filter((other) => other !== room && !allowed[room]?.includes(other))
      .map((other) => `${relative(root, file)} imports ${other}/`),
  );
  expect(offences).toEqual([]);
});

test('the sandbox-server knows nothing of runc outside its engine but where it is chosen', () => {
  const offences = sources('sandbox-server')
    .filter((file) => !file.includes('/engines/') && !file.endsWith('sandbox-server/main.ts'))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target.includes('/engines/'))
        .map(() => relative(root, file)),
    );
  expect(offences).toEqual([]);
});

test('browser code takes only types, and constants free of zod, from protocol/', () => {
  const offences = sources('site/src/browser')
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      importsOf(file)
        .filter(
          ({ target, typeOnly }) =>
            target.startsWith('protocol/') && !typeOnly && !inBrowser.includes(target),
        )
        .map(({ target }) => `${relative(root, file)} imports ${target}`),
    );
  expect(offences).toEqual([]);
});

test('the test sees imports at all', () => {
  expect(importsOf(fileURLToPath(import.meta.url))).toEqual([]);
  expect(importsOf(join(root, 'portal/main.ts')).length).toBeGreaterThan(1);
});
