import { messageOf } from '../../protocol/errors.ts';

/**
 * `fresh`: grading before the script; `grade`: after it; `again`: once more. `destroy` is always last. A step that could
 * not be reached is absent.
 */
export interface Step {
  name: 'machine' | 'setup' | 'fresh' | 'script' | 'grade' | 'again' | 'destroy';
  ok: boolean;
  ms: number;
  /** Why it failed; for a `grade` of a near miss that is judged rightly, the sentence the learner gets. */
  detail?: string;
}

/** Ends a trial with its failed step. */
export class StepFailed extends Error {}

/** Does a step and writes down how it went. What it throws comes out as `StepFailed`. */
export async function step<T>(
  steps: Step[],
  name: Step['name'],
  signal: AbortSignal,
  work: (own: Step) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const began = performance.now();
  const own: Step = { name, ok: false, ms: 0 };
  steps.push(own);
  try {
    const result = await work(own);
    own.ok = true;
    return result;
  } catch (error) {
    own.detail = messageOf(error);
    throw error instanceof StepFailed ? error : new StepFailed(own.detail, { cause: error });
  } finally {
    own.ms = Math.round(performance.now() - began);
  }
}
