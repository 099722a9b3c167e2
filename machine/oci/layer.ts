import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { findChanges } from './changes.ts';
import type { Descriptor } from './image-layout.ts';
import { packTar } from './tar.ts';

export interface Layer extends Descriptor {
  /** `sha256:...` of the uncompressed tar. */
  diffId: string;
}

export interface LayerOptions {
  rootfs: string;
  baseRootfs: string | null;
  /** Where the blob goes, named by its digest. */
  blobDir: string;
  /** An empty directory of the layer's own. */
  workDir: string;
  /** Seconds since 1970; nothing in the layer is newer. */
  newestSeconds: number;
  signal?: AbortSignal | undefined;
}

/**
 * Packs a root filesystem, or what it changes of its base, as a gzipped layer (image-spec v1, layer.md): the same files
 * give the same digest.
 */
export async function packLayer(options: LayerOptions): Promise<Layer> {
  const { blobDir, newestSeconds, rootfs, signal, workDir } = options;
  const changes = await findChanges(rootfs, options.baseRootfs);
  const whiteoutDir = join(workDir, 'whiteouts');
  const whiteouts = changes.removed.map((path) => join(dirname(path), `.wh.${basename(path)}`));
  await mkdir(whiteoutDir);
  for (const path of whiteouts) {
    await mkdir(dirname(join(whiteoutDir, path)), { recursive: true });
    await writeFile(join(whiteoutDir, path), '');
  }
  const target = join(blobDir, 'unfinished');
  const parts = [
    { directory: rootfs, paths: changes.present },
    { directory: whiteoutDir, paths: whiteouts },
  ];
  const packed = await packTar({ parts, target, workDir, newestSeconds, signal });
  await rename(target, join(blobDir, packed.compressedSha256));
  await rm(whiteoutDir, { recursive: true });
  return {
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest: `sha256:${packed.compressedSha256}`,
    size: packed.sizeBytes,
    diffId: `sha256:${packed.tarSha256}`,
  };
}
