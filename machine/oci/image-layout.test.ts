import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { blobDirOf, blobPath, readImage, shareLayers, writeImage } from './image-layout.ts';

const layer = {
  mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
  digest: `sha256:${createHash('sha256').update('layer').digest('hex')}`,
  size: 5,
  diffId: 'sha256:00',
  createdBy: 'a test',
};

async function imageDirWithLayer(): Promise<string> {
  const imageDir = await mkdtemp(join(tmpdir(), 'image-'));
  onTestFinished(() => rm(imageDir, { recursive: true }));
  await mkdir(blobDirOf(imageDir), { recursive: true });
  await writeFile(blobPath(imageDir, layer.digest), 'layer');
  return imageDir;
}

test('index, manifest, configuration and layer refer to one another by digest and size', async () => {
  const imageDir = await imageDirWithLayer();
  const details = { run: { Cmd: ['sh'] }, created: '2025-08-09T00:00:00.000Z', architecture: 'amd64' };
  const written = await writeImage(imageDir, { ...details, layers: [layer] });
  expect(await readImage(imageDir)).toEqual(written);

  const index = JSON.parse(await readFile(join(imageDir, 'index.json'), 'utf8'));
  expect(index.manifests).toEqual([written.manifest]);
  const manifest = JSON.parse(await readFile(blobPath(imageDir, index.manifests[0].digest), 'utf8'));
  expect(manifest.layers).toEqual([{ mediaType: layer.mediaType, digest: layer.digest, size: layer.size }]);
  for (const { digest, size } of [index.manifests[0], manifest.config, ...manifest.layers]) {
    const blob = await readFile(blobPath(imageDir, digest));
    expect(blob.length).toBe(size);
    expect(`sha256:${createHash('sha256').update(blob).digest('hex')}`).toBe(digest);
  }
});

test('an image on top of another has its layers', async () => {
  const lower = await imageDirWithLayer();
  await writeImage(lower, { run: {}, created: '', architecture: 'amd64', layers: [layer] });
  const upper = await mkdtemp(join(tmpdir(), 'image-'));
  onTestFinished(() => rm(upper, { recursive: true }));
  await mkdir(blobDirOf(upper), { recursive: true });
  expect(await shareLayers(lower, upper)).toEqual([layer]);
  expect(await readFile(blobPath(upper, layer.digest), 'utf8')).toBe('layer');
});
