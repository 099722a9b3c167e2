import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceDateEpoch } from '../debian/bootstrap.ts';
import { ociArchitecture } from '../oci/image-config.ts';
import {
  blobDirOf,
  blobPath,
  readImage,
  shareLayers,
  type StoredImage,
  writeImage,
} from '../oci/image-layout.ts';
import { packLayer } from '../oci/layer.ts';
import { runCommand } from '../run-command.ts';
import type { CourseImage, ImageContext } from './course-image.ts';

export interface BuildImageOptions extends Pick<ImageContext, 'sources' | 'cache' | 'signal' | 'onProgress'> {
  image: CourseImage;
  /** Where the image goes; does not exist yet. */
  imageDir: string;
  /** The finished base image, for an image that has one. */
  baseDir: string | null;
}

/** Builds one image as an OCI image layout: its base's layers and one of its own. */
export async function buildImage(options: BuildImageOptions): Promise<StoredImage> {
  const { baseDir, image, imageDir, signal } = options;
  const workDir = join(imageDir, 'work');
  const rootfs = join(workDir, 'rootfs');
  await mkdir(blobDirOf(imageDir), { recursive: true });
  await mkdir(workDir);
  const baseRootfs = baseDir === null ? null : await unpack(baseDir, join(workDir, 'base'), signal);

  const run = await image.build({ ...options, rootfs, baseRootfs, workDir });
  const layerWorkDir = join(workDir, 'layer');
  await mkdir(layerWorkDir);
  const layer = await packLayer({
    rootfs,
    baseRootfs,
    blobDir: blobDirOf(imageDir),
    workDir: layerWorkDir,
    signal,
    newestSeconds: sourceDateEpoch,
  });
  const baseLayers = baseDir === null ? [] : await shareLayers(baseDir, imageDir);
  const stored = await writeImage(imageDir, {
    run,
    layers: [...baseLayers, { ...layer, createdBy: image.createdBy }],
    created: new Date(sourceDateEpoch * 1000).toISOString(),
    architecture: ociArchitecture(),
  });
  await rm(workDir, { recursive: true });
  return stored;
}

async function unpack(imageDir: string, target: string, signal: AbortSignal | undefined): Promise<string> {
  await mkdir(target);
  const { layers } = await readImage(imageDir);
  for (const layer of layers) {
    const archive = blobPath(imageDir, layer.digest);
    await runCommand({
      argv: [
        'tar',
        '--extract',
        '--gzip',
        '--numeric-owner',
        '--xattrs',
        '--xattrs-include=*',
        `--file=${archive}`,
        '-C',
        target,
      ],
      signal,
    });
  }
  return target;
}
