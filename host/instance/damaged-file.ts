import { existsSync, readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { CodedError } from '../../protocol/errors.ts';

/** What a file of JSON holds, null where there is none. Throws STATE_DAMAGED with what is wrong, and `advice`. */
export function readJson<T>(file: string, schema: z.ZodType<T>, advice: string): T | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const found = damageOf(text, schema);
  if (typeof found === 'object') return found.value;
  throw new CodedError('STATE_DAMAGED', `${file} is damaged: ${found}. ${advice}`);
}

function damageOf<T>(text: string, schema: z.ZodType<T>): { value: T } | string {
  if (text.trim() === '') return 'it is empty';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { value: parsed.data } : z.prettifyError(parsed.error);
}

/** Out of the way of a new one, under a name that says what it is; which is returned. */
export function keepDamaged(file: string, now = new Date()): string {
  const kept = `${file}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  if (existsSync(file)) renameSync(file, kept);
  return kept;
}
