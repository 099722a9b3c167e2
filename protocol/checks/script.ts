import { z } from 'zod';
import { baseCheckFields } from './base.ts';
import { textExpectationSchema } from './text.ts';

/**
 * The last resort, for what no other kind can tell: a bash script run as the machine's root each time a command ends
 * there. It must change nothing. It tells no more than the sentence written for it, so write that with care.
 * `course verify` lists each use.
 */
export const scriptCheckSchema = z.strictObject({
  ...baseCheckFields,
  kind: z.literal('script'),
  run: z.string().min(1).max(4_000),
  /** What keeps any other kind from telling it; for whoever reads the exercise. */
  because: z.string().min(10).max(300),
  /** What it shows when it passes, a phrase after "the task asks for". */
  asks: z.string().min(5).max(200),
  /** The exit code that passes. */
  exitCode: z.int().min(0).max(255).default(0),
  /** Of the first 16 KiB of both streams. */
  output: textExpectationSchema.optional(),
  /** Then it is ended; longer than 4 s no look may take. */
  timeoutMs: z.int().min(100).max(4_000).default(2_000),
});
export type ScriptCheck = z.infer<typeof scriptCheckSchema>;
