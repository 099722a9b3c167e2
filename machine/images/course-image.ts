import type { PackageCache } from '../debian/package-lists.ts';
import type { PackageSources } from '../sources/package-sources.ts';
import type { RunConfig } from '../oci/image-config.ts';

/** An image of the course: where its files come from and how it is run. */
export interface CourseImage {
  /** Also the repository's name in the registry, under `library/`. */
  name: string;
  tags: readonly string[];
  /** The image whose layers lie under this one's own layer. */
  base?: CourseImage;
  /** The folder whose files make the recipe. */
  folder: string;
  /** What it depends on besides its folder, the Debian mirrors and its base. */
  inputs?: (sources: PackageSources) => string[];
  /** For `docker history`: how the layer came about. */
  createdBy: string;
  /** Fills the root filesystem and answers how to run it. With a base, starts from a copy of it. */
  build: (context: ImageContext) => Promise<RunConfig>;
}

export interface ImageContext {
  /** Does not exist yet. */
  rootfs: string;
  /** The base image's files, never to be changed; null for an image without a base. */
  baseRootfs: string | null;
  /** An empty directory for anything else. */
  workDir: string;
  sources: PackageSources;
  cache: PackageCache;
  signal?: AbortSignal | undefined;
  onProgress?: ((detail: string) => void) | undefined;
}
