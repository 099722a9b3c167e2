import { z } from 'zod';
import { firstItems } from '../untrusted-array.ts';

/** A `FileObservation` made safe: a field of the wrong type is as good as absent. */
export const fileSeenSchema = z.object({
  exists: z.boolean(),
  linkTarget: z.string().optional().catch(undefined),
  type: z.enum(['file', 'directory', 'other']).optional().catch(undefined),
  mode: z.int().min(0).max(0o7777).optional().catch(undefined),
  uid: z.int().min(0).optional().catch(undefined),
  gid: z.int().min(0).optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  entries: firstItems(z.string(), 1_000).optional().catch(undefined),
});
export type FileSeen = z.output<typeof fileSeenSchema>;
