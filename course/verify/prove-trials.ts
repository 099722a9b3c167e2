import type { CourseExercise } from '../course.ts';
import { runPool } from './pool.ts';
import type { ExerciseProof } from './proof.ts';
import { runTrial, type TrialGround } from './run-trial.ts';
import { trialsOf, type Trial, type TrialResult } from './trial.ts';

export type TrialProgress =
  | { event: 'started'; trial: Trial; done: number; total: number }
  | { event: 'ended'; trial: Trial; result: TrialResult; done: number; total: number };

export interface ProveTrials extends TrialGround {
  exercises: readonly CourseExercise[];
  jobs: number;
  onProgress?: (progress: TrialProgress) => void;
  /** An exercise's last trial has ended. */
  onProven?: (exercise: CourseExercise, proof: ExerciseProof) => Promise<void>;
}

/** Tries every script of every exercise. By exercise id. */
export async function proveTrials(options: ProveTrials): Promise<Map<string, ExerciseProof>> {
  const { exercises, jobs, signal, onProgress, onProven, ...ground } = options;
  const trials = exercises.flatMap(trialsOf);
  const total = trials.length;
  const results = new Map<Trial, TrialResult>();
  const proofs = new Map<string, ExerciseProof>();
  const tasks = trials.map((trial) => async (taskSignal: AbortSignal) => {
    onProgress?.({ event: 'started', trial, done: results.size, total });
    const result = await runTrial({ ...ground, trial, signal: taskSignal });
    results.set(trial, result);
    onProgress?.({ event: 'ended', trial, result, done: results.size, total });
    const own = trials.filter(({ exercise }) => exercise === trial.exercise);
    if (!own.every((each) => results.has(each))) return;
    const proof = proofOf(
      trial.exercise,
      own.map((each) => results.get(each)!),
    );
    proofs.set(trial.exercise.id, proof);
    await onProven?.(trial.exercise, proof);
  });
  await runPool(tasks, { jobs, signal });
  return proofs;
}

function proofOf({ id }: CourseExercise, trials: TrialResult[]): ExerciseProof {
  return {
    exerciseId: id,
    ok: trials.every((trial) => trial.ok),
    ms: trials.reduce((sum, trial) => sum + trial.ms, 0),
    trials,
  };
}
