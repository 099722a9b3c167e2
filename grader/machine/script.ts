import { z } from 'zod';

export const scriptSeenSchema = z.object({
  exitCode: z.int().min(0).max(255).nullable().catch(null),
  timedOut: z.boolean().catch(false),
  output: z.string().catch(''),
});
