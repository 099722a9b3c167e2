import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { textSchema, textsByKeySchema } from './texts.ts';

const volumeSchema = z
  .object({ Name: z.string(), Driver: textSchema, Labels: textsByKeySchema })
  .transform((raw) => ({ name: raw.Name, driver: raw.Driver, labels: raw.Labels }));
export type VolumeSeen = z.output<typeof volumeSchema>;

/** `/volumes`. Docker writes null where there is none. */
export const volumeListSchema = z
  .object({ Volumes: z.preprocess((volumes) => volumes ?? [], firstItems(volumeSchema, 1_000)) })
  .transform(({ Volumes }) => Volumes);
