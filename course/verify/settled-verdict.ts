import { setTimeout as delay } from 'node:timers/promises';
import { gradeExercise } from '../../grader/grade.ts';
import type { ExerciseVerdict } from '../../protocol/verdict.ts';
import { createObserver, type ObservedSandbox } from '../../sandbox-client/observer.ts';
import type { CourseExercise } from '../course.ts';

export interface SettledVerdictOptions {
  exercise: CourseExercise;
  client: ObservedSandbox;
  sandboxId: string;
  signal: AbortSignal;
  /** Typed, by check id. */
  answers: ReadonlyMap<string, string>;
  withinMs: number;
  /** Ends the looking before the time is over. */
  until(graded: ExerciseVerdict): boolean;
}

/**
 * Grades until the verdicts are as they should be, or the time is over: what a script started in the background needs a
 * moment. The portal looks again on events; here a few looks a second do.
 */
export async function settledVerdict(options: SettledVerdictOptions): Promise<ExerciseVerdict> {
  const { client, sandboxId, signal, answers, until } = options;
  const observer = createObserver({ client, sandboxId, signal });
  const { id: exerciseId, exercise } = options.exercise;
  const end = performance.now() + options.withinMs;
  for (;;) {
    const graded = await gradeExercise({ exerciseId, exercise, observer, answers, now: new Date(), signal });
    signal.throwIfAborted();
    if (until(graded) || performance.now() >= end) return graded;
    await delay(200, undefined, { signal });
  }
}
