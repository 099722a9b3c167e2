import type { CourseExercise } from '../course.ts';
import { runPool } from './pool.ts';
import { defaultLimits, runTrial, type TrialLimits, type VerifyClient } from './run-trial.ts';
import { trialsOf, type Trial, type TrialResult } from './trial.ts';

export interface VerifyOptions {
  /** A `SandboxClient`. */
  client: VerifyClient;
  /** Machines at once. Default 2. */
  jobs?: number;
  limits?: Partial<TrialLimits>;
  onProgress?: (progress: VerifyProgress) => void;
  signal?: AbortSignal;
  /** For machines laid out otherwise than a learner's, see `runScript`. */
  scratchDir?: string;
  cwd?: string;
}

export type VerifyProgress =
  | { event: 'started'; trial: Trial; done: number; total: number }
  | { event: 'ended'; trial: Trial; result: TrialResult; done: number; total: number };

export interface ExerciseProof {
  exerciseId: string;
  ok: boolean;
  /** All its trials, one after another. */
  ms: number;
  trials: TrialResult[];
}

export interface ProofReport {
  ok: boolean;
  /** By the clock. */
  ms: number;
  exercises: ExerciseProof[];
}

/** Proves one exercise: see `verifyExercises`. */
export async function verifyExercise(
  options: VerifyOptions & { exercise: CourseExercise },
): Promise<ExerciseProof> {
  const report = await verifyExercises({ ...options, exercises: [options.exercise] });
  return report.exercises[0]!;
}

/**
 * Proves that exercises judge rightly, each script in a fresh machine: unsolved before, solved by `solve.sh` and every
 * `alt-*.sh`, failed by every `wrong-*.sh` for the stated reason, and the same when graded again. What fails is in the
 * report; rejects only with the reason of `signal`. Leaves no machine behind.
 */
export async function verifyExercises(
  options: VerifyOptions & { exercises: readonly CourseExercise[] },
): Promise<ProofReport> {
  const { exercises, client, jobs = 2, onProgress, scratchDir, cwd } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const signal = options.signal ?? new AbortController().signal;
  const began = performance.now();
  const trials = exercises.flatMap(trialsOf);
  const total = trials.length;
  let done = 0;
  const tasks = trials.map((trial) => async (taskSignal: AbortSignal) => {
    onProgress?.({ event: 'started', trial, done, total });
    const result = await runTrial({
      trial,
      client,
      limits,
      signal: taskSignal,
      ...(scratchDir !== undefined && { scratchDir }),
      ...(cwd !== undefined && { cwd }),
    });
    done += 1;
    onProgress?.({ event: 'ended', trial, result, done, total });
    return result;
  });
  const results = await runPool(tasks, { jobs, signal });
  const proofs = exercises.map(({ id }) => proofOf(id, results));
  return {
    ok: proofs.every((proof) => proof.ok),
    ms: Math.round(performance.now() - began),
    exercises: proofs,
  };
}

function proofOf(exerciseId: string, results: readonly TrialResult[]): ExerciseProof {
  const trials = results.filter((result) => result.exerciseId === exerciseId);
  return {
    exerciseId,
    ok: trials.every((trial) => trial.ok),
    ms: trials.reduce((sum, trial) => sum + trial.ms, 0),
    trials,
  };
}
