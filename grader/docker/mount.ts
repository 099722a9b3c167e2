import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { textSchema } from './texts.ts';

/** One of a container's `Mounts`. */
const mountSchema = z
  .object({
    Type: textSchema,
    Name: textSchema,
    Source: textSchema,
    Destination: z.string(),
    RW: z.boolean().catch(false),
  })
  .transform((raw) => ({
    type: raw.Type,
    source: raw.Type === 'volume' ? raw.Name : raw.Source,
    target: raw.Destination,
    readOnly: !raw.RW,
  }));
export type MountSeen = z.output<typeof mountSchema>;
export const mountsSchema = firstItems(mountSchema, 100).catch([]);
