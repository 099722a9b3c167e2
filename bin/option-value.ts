/** Turns what was typed into what is meant; each throws USAGE naming what it found and what it takes. */
import { defaultDataDir, layoutOf } from '../host/layout.ts';
import type { Layout } from '../host/layout.ts';
import { CodedError } from '../protocol/errors.ts';

/** The data directory that `--data` or the environment names. */
export function layoutFrom({ data }: { data: string | undefined }): Layout {
  return layoutOf(data ?? process.env.CHROOTCAMP_DATA ?? defaultDataDir);
}

export function integerFrom(
  option: string,
  text: string,
  { min, max }: { min: number; max: number },
): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new CodedError('USAGE', `${option} is ${text}; expected a whole number from ${min} to ${max}`);
}

export function wordFrom<const Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
): Word {
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  throw new CodedError('USAGE', `${option} is ${text}; expected one of ${words.join(', ')}`);
}
