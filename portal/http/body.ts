import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';

/** The body as the schema has it, or BAD_REQUEST saying what is wrong with it. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new CodedError(
    'BAD_REQUEST',
    `the body of the request is not as expected: ${z.prettifyError(parsed.error)}`,
  );
}
