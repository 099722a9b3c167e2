import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { orEmpty } from '../untrusted-record.ts';
import { configSchema } from './config.ts';
import { textSchema, wordsSchema } from './texts.ts';

/** `/images/<id>/json`, what checks ask of it. */
export const imageDetailSchema = z
  .object({
    Config: orEmpty(configSchema),
    Architecture: textSchema,
    Os: textSchema,
    Size: z.number().min(0).catch(0),
    RootFS: orEmpty(z.object({ Layers: wordsSchema })),
    RepoDigests: wordsSchema,
  })
  .transform((raw) => ({
    config: raw.Config,
    architecture: raw.Architecture,
    os: raw.Os,
    sizeBytes: raw.Size,
    /** Digests, the lowest first. */
    layers: raw.RootFS.Layers,
    digests: raw.RepoDigests.filter((digest) => !digest.includes('<none>')),
  }));
export type ImageDetail = z.output<typeof imageDetailSchema>;

/** `/images/<id>/history`: what made each step, the newest first. */
export const imageHistorySchema = firstItems(z.object({ CreatedBy: textSchema }), 500).transform((steps) =>
  steps.map((step) => step.CreatedBy),
);
