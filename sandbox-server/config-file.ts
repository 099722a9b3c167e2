import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CodedError } from '../protocol/errors.ts';
import { configSchema, type Config } from './config.ts';

/** Of `--config FILE`. Throws USAGE for what is missing, unreadable or not as `configSchema` says. */
export function configOfCommandLine(args?: string[]): Config {
  const { values } = parseArgs({ options: { config: { type: 'string' } }, ...(args && { args }) });
  if (values.config === undefined) throw new CodedError('USAGE', 'expected --config FILE');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(values.config, 'utf8'));
  } catch (error) {
    throw new CodedError('USAGE', `${values.config}: ${(error as Error).message}`, { cause: error });
  }
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  throw new CodedError('USAGE', `${values.config}: ${z.prettifyError(result.error)}`);
}
