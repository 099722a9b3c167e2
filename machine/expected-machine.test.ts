import { expect, test } from 'vitest';
import { type ExpectedMachine, expectedMachine } from './expected-machine.ts';
import type { PackageSources } from './sources/package-sources.ts';

const sources: PackageSources = {
  mirror: { main: { uri: 'http://mirror.example/debian' }, security: null },
  apt: { transport: [], validity: [] },
  foreignKeys: new Map(),
  npmRegistry: 'https://npm.example',
  certificates: new Map(),
};

/** Names of what would be built anew. */
async function changedBy(change: Partial<PackageSources>): Promise<string[]> {
  const name = (machine: ExpectedMachine) =>
    new Map([['tree', machine.hash], ...machine.images.map(nameAndHash)]);
  const [before, after] = [
    name(await expectedMachine(sources)),
    name(await expectedMachine({ ...sources, ...change })),
  ];
  return [...before.keys()].filter((key) => before.get(key) !== after.get(key)).sort();
}
const nameAndHash = (image: { name: string; hash: string }): [string, string] => [image.name, image.hash];

test('names every image as it is typed', async () => {
  const references = (await expectedMachine(sources)).images.flatMap((image) => image.references);
  expect(references).toEqual([
    'hello-world:latest',
    'busybox:latest',
    'debian:latest',
    'debian:trixie',
    'debian:trixie-slim',
    'node:lts',
    'node:lts-slim',
    'nginx:latest',
  ]);
});

test('another npm registry only concerns the image that knows it', async () => {
  expect(await changedBy({ npmRegistry: 'https://other.example' })).toEqual(['node']);
});

test('another mirror concerns everything', async () => {
  const mirror = { main: { uri: 'http://other.example/debian' }, security: null };
  expect(await changedBy({ mirror })).toEqual(['busybox', 'debian', 'hello-world', 'nginx', 'node', 'tree']);
});

test('how the mirror is reached concerns nothing that is built', async () => {
  expect(await changedBy({ apt: { transport: ['Acquire::http::Proxy "x";'], validity: [] } })).toEqual([]);
});
