/** How a check compares a string: exactly one of the three. `matches` is an ECMAScript regular expression, flag u. */
import { z } from 'zod';

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

export const textExpectationSchema = z.union([
  z.strictObject({ equals: z.string() }),
  z.strictObject({ contains: z.string().min(1) }),
  z.strictObject({
    matches: z.string().min(1).max(200).refine(compiles, 'expected a regular expression that compiles'),
  }),
]);
export type TextExpectation = z.infer<typeof textExpectationSchema>;

/** Texts by key, as environment variables and labels are. An empty `equals` is a key with nothing behind it. */
export const keyedTextSchema = z
  .record(z.string().min(1).max(256), textExpectationSchema)
  .refine((texts) => Object.keys(texts).length > 0, 'expected at least one key');
export type KeyedText = z.infer<typeof keyedTextSchema>;
