import { z } from 'zod';
import { slugSchema } from '../ids.ts';

/** What every check has. */
export const baseCheckFields = {
  /** Unique in its exercise. */
  id: slugSchema,
  /** The line of the checklist, in the learner's words; Markdown code spans allowed. */
  label: z.string().min(5).max(160),
};

export const absolutePathSchema = z
  .string()
  .max(4096)
  .regex(/^\/(?!.*\/\.\.?(\/|$)).*$/s, 'expected an absolute path without . or .. in it');
