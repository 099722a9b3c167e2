import { canonicalReference, idDigits } from './image-reference.ts';
import type { ImageSummary } from './image.ts';

/**
 * The images of one Docker, by name and id. Looked up once a reference: both lists, of images and of what is compared
 * with them, may be as long as a learner likes.
 */
export class ImageCatalog {
  static readonly empty: ImageCatalog = new ImageCatalog([]);

  readonly images: readonly ImageSummary[];
  readonly #idsByName = new Map<string, string[]>();
  readonly #idsByReference = new Map<string, readonly string[]>();

  constructor(images: readonly ImageSummary[]) {
    this.images = images;
    for (const { id, tags, digests } of images) {
      for (const name of [...tags, ...digests].map(canonicalReference)) {
        const ids = this.#idsByName.get(name);
        if (ids === undefined) this.#idsByName.set(name, [id]);
        else if (ids.at(-1) !== id) ids.push(id);
      }
    }
  }

  /** Ids of the images that a reference names; several only for an ambiguous short id. */
  idsOf(reference: string): readonly string[] {
    const known = this.#idsByReference.get(reference);
    if (known !== undefined) return known;
    const ids = this.#idsByName.get(canonicalReference(reference)) ?? this.#idsBeginning(reference);
    this.#idsByReference.set(reference, ids);
    return ids;
  }

  /**
   * Whether what Docker shows of a container or event is the image asked for. Where the tag has moved on since, Docker
   * shows an id; so ids are compared as well.
   */
  isImage(reference: string, shown: { image: string; imageId?: string }): boolean {
    if (canonicalReference(shown.image) === canonicalReference(reference)) return true;
    const wanted = this.idsOf(reference);
    if (wanted.length === 0) return false;
    if (shown.imageId !== undefined && wanted.includes(shown.imageId)) return true;
    return this.idsOf(shown.image).some((id) => wanted.includes(id));
  }

  /** What to call a shown image: its tag where it is known by id only, the short id where it has none. */
  nameOf(image: string): string {
    const digits = idDigits(image);
    if (digits === null || (!image.startsWith('sha256:') && digits.length < 12)) return image;
    const known = this.images.find((each) => each.id.startsWith(`sha256:${digits}`));
    return known?.tags[0] ?? digits.slice(0, 12);
  }

  #idsBeginning(reference: string): string[] {
    const digits = idDigits(reference);
    if (digits === null) return [];
    return this.images.filter((image) => image.id.startsWith(`sha256:${digits}`)).map((image) => image.id);
  }
}
