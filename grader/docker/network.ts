import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';
import { textSchema, textsByKeySchema } from './texts.ts';

const networkSchema = z
  .object({
    Name: z.string(),
    Driver: textSchema,
    Internal: z.boolean().catch(false),
    Labels: textsByKeySchema,
  })
  .transform((raw) => ({
    name: raw.Name,
    driver: raw.Driver,
    internal: raw.Internal,
    labels: raw.Labels,
  }));
export type NetworkSeen = z.output<typeof networkSchema>;

/** `/networks`, those that Docker always has among them. */
export const networkListSchema = firstItems(networkSchema, 1_000);
