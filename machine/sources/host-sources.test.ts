import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readHostSources } from './host-sources.ts';

test('reads sources.list and both kinds of parts, and nothing else', async () => {
  const apt = await mkdtemp(join(tmpdir(), 'apt-'));
  onTestFinished(() => rm(apt, { recursive: true }));
  await mkdir(join(apt, 'sources.list.d'));
  const files = {
    'sources.list': 'deb http://a.example/debian trixie main\n',
    'sources.list.d/b.list': 'deb http://b.example/debian trixie main\n',
    'sources.list.d/c.sources':
      'Types: deb\nURIs: http://c.example/debian\nSuites: trixie\nComponents: main\n',
    'sources.list.d/d.list.disabled': 'deb http://d.example/debian trixie main\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(apt, name), text);
  const uris = (await readHostSources(apt)).flatMap((source) => source.uris);
  expect(uris).toEqual(['http://a.example/debian', 'http://b.example/debian', 'http://c.example/debian']);
});

test('a machine without apt has no sources', async () => {
  expect(await readHostSources('/nonexistent')).toEqual([]);
});
