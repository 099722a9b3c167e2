import { join } from 'node:path';
import { courseImages } from './images/catalog.ts';
import { hashRecipe } from './recipe-hash.ts';
import { fingerprint, type PackageSources, readPackageSources } from './sources/package-sources.ts';

/** What a build on this machine would make now, told by hashes. */
export interface ExpectedMachine {
  /** Of the tree. */
  hash: string;
  images: ExpectedImage[];
}

export interface ExpectedImage {
  name: string;
  hash: string;
  /** As typed after `docker run`, with the tag: `debian:trixie-slim`. */
  references: string[];
}

const inRoom = (...paths: string[]) => paths.map((path) => join(import.meta.dirname, path));

/** Reads the recipes and this machine's configuration, builds nothing. Throws HOST_UNSUITABLE as `chooseMirror` does. */
export async function expectedMachine(sources?: PackageSources): Promise<ExpectedMachine> {
  const packageSources = sources ?? (await readPackageSources());
  const configuration = fingerprint(packageSources);
  const hash = await hashRecipe({ paths: inRoom('debian', 'tree'), inputs: [configuration] });
  const images: ExpectedImage[] = [];
  for (const image of courseImages) {
    const baseHash = images.find(({ name }) => name === image.base?.name)?.hash ?? '';
    images.push({
      name: image.name,
      hash: await hashRecipe({
        paths: [...inRoom('debian', 'oci', 'images/build-image.ts', 'images/copy-base.ts'), image.folder],
        inputs: [configuration, baseHash, image.tags.join(), ...(image.inputs?.(packageSources) ?? [])],
      }),
      references: image.tags.map((tag) => `${image.name}:${tag}`),
    });
  }
  return { hash, images };
}
