import { join } from 'node:path';
import type { BuildSteps } from '../build-step.ts';
import type { ExpectedImage } from '../expected-machine.ts';
import { buildAtomically, exists } from '../partial-builds.ts';
import type { PackageCache } from '../debian/package-lists.ts';
import type { PackageSources } from '../sources/package-sources.ts';
import { buildImage } from './build-image.ts';
import { courseImages } from './catalog.ts';
import type { CourseImage } from './course-image.ts';

export interface BuildImagesOptions {
  imagesDir: string;
  /** In the catalog's order. */
  expected: readonly ExpectedImage[];
  /** Build also those that are there. */
  force: boolean;
  sources: PackageSources;
  cache: PackageCache;
  steps: BuildSteps;
}

/** A finished image on this disk. */
export interface FinishedImage {
  name: string;
  tags: readonly string[];
  /** Its OCI image layout. */
  imageDir: string;
}

/** Builds the images that are missing, each as soon as its base is there. */
export async function buildImages(options: BuildImagesOptions): Promise<FinishedImage[]> {
  const builds = new Map<string, Promise<FinishedImage>>();
  for (const image of courseImages) {
    const base = image.base === undefined ? undefined : builds.get(image.base.name);
    builds.set(image.name, buildAfter(base, image, options));
  }
  return options.steps.all([...builds.values()]);
}

async function buildAfter(
  base: Promise<FinishedImage> | undefined,
  image: CourseImage,
  options: BuildImagesOptions,
): Promise<FinishedImage> {
  const { cache, expected, force, imagesDir, sources, steps } = options;
  const baseDir = (await base)?.imageDir ?? null;
  const hash = expected.find(({ name }) => name === image.name)?.hash;
  if (hash === undefined) throw new TypeError(`No hash is known for the image ${image.name}.`);
  const imageDir = join(imagesDir, image.name, hash);
  const step = `image ${image.name}`;
  if (!force && (await exists(imageDir))) steps.skip(step);
  else {
    await steps.run(step, (onProgress) =>
      buildAtomically(imageDir, (directory) =>
        buildImage({
          image,
          imageDir: directory,
          baseDir,
          sources,
          cache,
          signal: steps.signal,
          onProgress,
        }),
      ),
    );
  }
  return { name: image.name, tags: image.tags, imageDir };
}
