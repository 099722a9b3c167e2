import { createHash } from 'node:crypto';
import { link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageConfig, type ImageConfigOptions } from './image-config.ts';
import type { Layer } from './layer.ts';

/** OCI content descriptor: how one blob refers to another. */
export interface Descriptor {
  mediaType: string;
  /** `sha256:` and 64 hex digits. */
  digest: string;
  size: number;
}

/** An image in an OCI image layout directory, with what an image on top of it needs to know. */
export interface StoredImage {
  manifest: Descriptor;
  config: Descriptor;
  layers: (Layer & { createdBy: string })[];
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';

export const blobDirOf = (imageDir: string): string => join(imageDir, 'blobs/sha256');
export const blobPath = (imageDir: string, digest: string): string =>
  join(blobDirOf(imageDir), digest.replace('sha256:', ''));

/** Writes configuration, manifest and index beside layers that are in the blob directory already. */
export async function writeImage(
  imageDir: string,
  options: Omit<ImageConfigOptions, 'layers'> & { layers: StoredImage['layers'] },
): Promise<StoredImage> {
  const config = await writeBlob(imageDir, configType, imageConfig(options));
  const layers = options.layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size }));
  const manifest = await writeBlob(imageDir, manifestType, {
    schemaVersion: 2,
    mediaType: manifestType,
    config,
    layers,
  });
  const stored: StoredImage = { manifest, config, layers: options.layers };
  await writeFile(join(imageDir, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await writeFile(join(imageDir, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  await writeFile(join(imageDir, storedName), JSON.stringify(stored));
  return stored;
}

export async function readImage(imageDir: string): Promise<StoredImage> {
  return JSON.parse(await readFile(join(imageDir, storedName), 'utf8')) as StoredImage;
}

/** Makes the layers of one image part of another without copying them. */
export async function shareLayers(fromImageDir: string, toImageDir: string): Promise<StoredImage['layers']> {
  const { layers } = await readImage(fromImageDir);
  for (const { digest } of layers) await link(blobPath(fromImageDir, digest), blobPath(toImageDir, digest));
  return layers;
}

/** Ours; the layout's specification allows further files. */
const storedName = 'chrootcamp.json';

async function writeBlob(imageDir: string, mediaType: string, content: object): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(content));
  const hex = createHash('sha256').update(bytes).digest('hex');
  await mkdir(blobDirOf(imageDir), { recursive: true });
  await writeFile(join(blobDirOf(imageDir), hex), bytes);
  return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
}
