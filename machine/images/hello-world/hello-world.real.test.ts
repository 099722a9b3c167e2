import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blobPath, type StoredImage } from '../../oci/image-layout.ts';
import { fillRegistry } from '../../registry/fill-registry.ts';
import { callRegistry } from '../../registry/registry-client.ts';
import { startTemporaryRegistry } from '../../registry/temporary-registry.ts';
import { readPackageSources } from '../../sources/package-sources.ts';
import { buildImage } from '../build-image.ts';
import { helloWorldImage } from './image.ts';

let directory: string;
let imageDir: string;
let image: StoredImage;

async function build(target: string): Promise<StoredImage> {
  const sources = await readPackageSources();
  const cache = { archives: join(directory, 'debs'), apt: join(directory, 'apt') };
  return buildImage({ image: helloWorldImage, imageDir: target, baseDir: null, sources, cache });
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hello-world-'));
  imageDir = join(directory, 'image');
  image = await build(imageDir);
});
afterAll(() => rm(directory, { recursive: true }));

test('holds one small program that needs nothing else, and says what happened', async () => {
  const blob = blobPath(imageDir, image.layers[0]?.digest ?? '');
  const { stdout: names } = await promisify(execFile)('tar', ['-xvzf', blob, '-C', directory]);
  expect(names).toBe('hello\n');
  expect((await readFile(join(directory, 'hello'))).length).toBeLessThan(4096);
  const { stdout } = await promisify(execFile)(join(directory, 'hello'));
  expect(stdout).toContain('A container just ran on this machine');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('is the same image when built again', async () => {
  expect((await build(join(directory, 'again'))).manifest).toEqual(image.manifest);
});

test('gets into a registry, twice the same', async () => {
  const root = join(directory, 'registry');
  const images = [{ name: 'hello-world', tags: ['latest'], imageDir }];
  const built = await fillRegistry({ root, images });
  expect(built).toEqual([
    { reference: 'hello-world:latest', digest: image.manifest.digest, sizeBytes: image.layers[0]?.size },
  ]);
  expect(await fillRegistry({ root, images })).toEqual(built);

  await using registry = await startTemporaryRegistry(root);
  const answer = await callRegistry({
    socketPath: registry.socketPath,
    method: 'GET',
    path: '/v2/library/hello-world/manifests/latest',
    headers: { accept: image.manifest.mediaType },
  });
  expect(answer.headers['docker-content-digest']).toBe(image.manifest.digest);
  expect(JSON.parse(answer.text).config).toEqual(image.config);
});
