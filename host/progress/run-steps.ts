import type { Step } from './step.ts';
import { plainProgress } from './plain.ts';

/** Some terminals say 0, and lines cannot be redrawn where they do not fit. */
const leastColumns = 40;

export interface RunStepsOptions {
  signal: AbortSignal;
  /** Where progress is shown; `stderr` where standard output belongs to somebody else. Default stdout. */
  to?: 'stdout' | 'stderr';
}

/** Runs a group of steps: shows each, and where one fails ends the others before it rejects. */
export type ShowSteps = (steps: Step[], signal: AbortSignal) => Promise<void>;

/**
 * Runs steps at once, showing each with its elapsed time: redrawn in place on a terminal, plain lines elsewhere. When one
 * fails the others are aborted; rejects with the first error after all have ended.
 */
export async function runSteps(steps: Step[], { signal, to = 'stdout' }: RunStepsOptions): Promise<void> {
  const group = new AbortController();
  const failures: unknown[] = [];
  const guarded = steps.map((step): Step => {
    const run: Step['run'] = async (context) => {
      try {
        await step.run(context);
      } catch (error) {
        failures.push(error);
        group.abort(error);
        throw error;
      }
    };
    return { title: step.title, run };
  });
  const stream = process[to];
  const redraws = to === 'stdout' && stream.isTTY && stream.columns >= leastColumns;
  const show = redraws ? await terminalProgress() : plainProgress(stream);
  await show(guarded, AbortSignal.any([signal, group.signal]));
  signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}

/** Loaded only where it is shown: it costs more time than the check whether there is anything to do. */
async function terminalProgress(): Promise<ShowSteps> {
  return (await import('./terminal.ts')).terminalProgress;
}
