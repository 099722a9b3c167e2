import { z } from 'zod';

export const kernelSeenSchema = z.object({
  release: z.string().max(256),
  version: z.string().max(256),
  machine: z.string().max(256),
});
