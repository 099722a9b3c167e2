import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';

/** For what is asked for without one. */
export const noBodySchema = z.strictObject({});

const maxBodyBytes = 4 * 1024 * 1024;

/** A request's JSON, checked against its schema. An empty body counts as `{}`. */
export async function readBody<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<z.output<S>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) {
      throw new CodedError(
        'BODY_TOO_LARGE',
        `found more than ${maxBodyBytes} bytes of body, the most there may be`,
      );
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new CodedError('BAD_REQUEST', `the body is not JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new CodedError('BAD_REQUEST', issues.join('; '));
}
