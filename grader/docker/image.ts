import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { ImageCatalog } from './image-catalog.ts';

/** One of `/images/json`. */
const imageSummarySchema = z
  .object({
    Id: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    RepoTags: firstItems(z.string(), 100).catch([]),
    RepoDigests: firstItems(z.string(), 100).catch([]),
  })
  .transform((raw) => ({
    id: raw.Id,
    tags: raw.RepoTags.filter((tag) => !tag.includes('<none>')),
    digests: raw.RepoDigests.filter((digest) => !digest.includes('<none>')),
  }));
export type ImageSummary = z.output<typeof imageSummarySchema>;

export const imageListSchema = firstItems(imageSummarySchema, 1_000).transform(
  (images) => new ImageCatalog(images),
);
