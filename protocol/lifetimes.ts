/**
 * How long a learner's machine lives. Part of the operator's configuration; the portal keeps to it. A machine is never
 * stopped without a warning in the page, and stopping keeps its disk.
 */
import { z } from 'zod';

const minute = 60;
const hour = 60 * minute;

export const lifetimesSchema = z.strictObject({
  idleSeconds: z
    .number()
    .min(1)
    .default(hour)
    .describe('Nothing typed and no page opened for so long: the machine is stopped.'),
  wallSeconds: z
    .number()
    .min(1)
    .default(8 * hour)
    .describe('A machine runs so long from its start, whatever is done in it: then it is stopped.'),
  warningSeconds: z
    .number()
    .min(0.5)
    .default(5 * minute)
    .describe('So long before that the page counts down and offers to go on.'),
  extensionSeconds: z
    .number()
    .min(1)
    .default(hour)
    .describe('One press of “Keep it running” adds so much to `wallSeconds`.'),
  maxExtensions: z
    .int()
    .min(0)
    .default(4)
    .describe(
      'How often that can be pressed from one start to the next. Idle time is reset by each press as well.',
    ),
  keepDays: z
    .number()
    .min(0)
    .default(14)
    .describe(
      'A stopped machine keeps its disk for so many days; then it is removed, which the learner is told.',
    ),
});
export type Lifetimes = z.infer<typeof lifetimesSchema>;
