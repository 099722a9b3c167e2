import { mkdir } from 'node:fs/promises';
import type { BuiltImage } from '../build-record.ts';
import type { FinishedImage } from '../images/build-images.ts';
import { readImage } from '../oci/image-layout.ts';
import { pushImage } from './push-image.ts';
import { startTemporaryRegistry } from './temporary-registry.ts';

export interface FillRegistryOptions {
  /** The registry's filesystem store. */
  root: string;
  images: readonly FinishedImage[];
  signal?: AbortSignal | undefined;
}

/**
 * Puts the images into the store as Docker's official images are named, `library/<name>`. A server may be reading the
 * store meanwhile: a tag changes to the new image in one step, after all its parts are there.
 */
export async function fillRegistry(options: FillRegistryOptions): Promise<BuiltImage[]> {
  const { images, root, signal } = options;
  await mkdir(root, { recursive: true });
  await using registry = await startTemporaryRegistry(root);
  const built: BuiltImage[] = [];
  for (const { imageDir, name, tags } of images) {
    const image = await readImage(imageDir);
    const { socketPath } = registry;
    await pushImage({ socketPath, imageDir, image, repository: `library/${name}`, tags, signal });
    const sizeBytes = image.layers.reduce((sum, layer) => sum + layer.size, 0);
    built.push(
      ...tags.map((tag) => ({ reference: `${name}:${tag}`, digest: image.manifest.digest, sizeBytes })),
    );
  }
  return built;
}
