import type { CourseExercise } from '../course.ts';
import type { MutationProof, MutationScore } from './mutation/mutation-proof.ts';
import type { TrialResult } from './trial.ts';

export interface ExerciseProof {
  exerciseId: string;
  ok: boolean;
  /** All its trials, one after another. */
  ms: number;
  trials: TrialResult[];
  /** Nothing it depends on has changed since it was proven, so that this is the proof of then. */
  recalled?: true;
  /** Where asked for, and the trials are ok. */
  mutations?: MutationProof & { recalled?: true };
}

export interface ProofReport {
  ok: boolean;
  /** By the clock. */
  ms: number;
  exercises: ExerciseProof[];
  /** Of all exercises together, where asked for. */
  mutations?: MutationScore;
}

export type ProofForm = 'scripts' | 'mutations';
interface ProofOfForm {
  scripts: ExerciseProof;
  mutations: MutationProof;
}

/** Remembers what has been proven. */
export interface ProofMemory {
  /** Null where the exercise was never proven, or something it depends on has changed. */
  recall<F extends ProofForm>(exercise: CourseExercise, form: F): Promise<ProofOfForm[F] | null>;
  keep<F extends ProofForm>(exercise: CourseExercise, form: F, proof: ProofOfForm[F]): Promise<void>;
}
