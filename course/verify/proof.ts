import type { ProseProof } from '../prose/prose-proof.ts';
import type { MutationProof, MutationScore } from './mutation/mutation-proof.ts';
import type { TrialResult } from './trial.ts';

export interface ExerciseProof {
  exerciseId: string;
  /** Proven: all its trials are ok, and its mutations where those were asked for. */
  ok: boolean;
  /** All its trials, one after another. */
  ms: number;
  trials: TrialResult[];
  /** Nothing it depends on has changed since it was proven, so that this is the proof of then. */
  recalled?: true;
  /** Where asked for, and the trials were ok. */
  mutations?: MutationProof & { recalled?: true };
}

export interface ProofReport {
  ok: boolean;
  /** By the clock. */
  ms: number;
  exercises: ExerciseProof[];
  /** Of all exercises together, where asked for. */
  mutations?: MutationScore;
  /** Of lessons, where asked for. */
  prose?: ProseProof[];
  /** The last resort, each use of it: a check that runs a script of its own. */
  scriptChecks?: { exerciseId: string; checkId: string }[];
}

export type ProofForm = 'scripts' | 'mutations' | 'prose';
interface ProofOfForm {
  scripts: ExerciseProof;
  mutations: MutationProof;
  prose: ProseProof;
}

/** An exercise, or a lesson with all its exercises. */
export interface Provable {
  id: string;
  dir: string;
}

/** Remembers what has been proven. */
export interface ProofMemory {
  /** Null where it was never proven, or something it depends on has changed. */
  recall<F extends ProofForm>(what: Provable, form: F): Promise<ProofOfForm[F] | null>;
  keep<F extends ProofForm>(what: Provable, form: F, proof: ProofOfForm[F]): Promise<void>;
}
