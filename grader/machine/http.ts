import { z } from 'zod';
import { textsByKeySchema } from '../docker/texts.ts';

export const httpSeenSchema = z.discriminatedUnion('answered', [
  z.object({ answered: z.literal(false), why: z.enum(['refused', 'silent', 'broken']) }),
  z.object({
    answered: z.literal(true),
    status: z.int().min(0).max(999),
    headers: textsByKeySchema,
    body: z.string(),
  }),
]);
export type HttpSeen = z.output<typeof httpSeenSchema>;
export type HttpAnswer = Extract<HttpSeen, { answered: true }>;
