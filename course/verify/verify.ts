import type { CourseExercise } from '../course.ts';
import type { VerifyClient } from './fresh-machine.ts';
import { scoreOf, type MutantResult } from './mutation/mutation-proof.ts';
import { proveMutants, type Solved } from './mutation/prove-mutants.ts';
import type { ExerciseProof, ProofForm, ProofMemory, ProofReport } from './proof.ts';
import { proveTrials } from './prove-trials.ts';
import { defaultLimits, type TrialGround, type TrialLimits } from './run-trial.ts';
import { scriptChecksIn } from './script-checks.ts';
import type { Trial, TrialResult } from './trial.ts';

export interface VerifyOptions {
  /** A `SandboxClient`. */
  client: VerifyClient;
  /** Machines at once. Default 2. */
  jobs?: number;
  limits?: Partial<TrialLimits>;
  /** Also changes each solve script in every way, and looks whether a check notices. */
  mutations?: boolean;
  /** What it remembers is not proven again. Each exercise is kept when it is proven, not only at the end. */
  memory?: ProofMemory;
  onProgress?: (progress: VerifyProgress) => void;
  signal?: AbortSignal;
  /** For machines laid out otherwise than a learner's, see `runScript`. */
  scratchDir?: string;
  cwd?: string;
}

export type VerifyProgress =
  | { event: 'recalled'; exerciseId: string; form: ProofForm }
  | { event: 'started'; trial: Trial; done: number; total: number }
  | { event: 'ended'; trial: Trial; result: TrialResult; done: number; total: number }
  | { event: 'judged'; result: MutantResult; done: number; total: number };

/**
 * Proves that exercises judge rightly, each script in a fresh machine: unsolved before, solved by `solve.sh` and every
 * `alt-*.sh`, failed by every `wrong-*.sh` for the stated reason, and the same when graded again; with `mutations`, also
 * failed by every change of `solve.sh`. What fails is in the report; rejects only with the reason of `signal`. Leaves no
 * machine behind.
 */
export async function verifyExercises(
  options: VerifyOptions & { exercises: readonly CourseExercise[] },
): Promise<ProofReport> {
  const { exercises, client, scratchDir, cwd } = options;
  const began = performance.now();
  const ground: TrialGround = {
    client,
    limits: { ...defaultLimits, ...options.limits },
    signal: options.signal ?? new AbortController().signal,
    ...(scratchDir !== undefined && { scratchDir }),
    ...(cwd !== undefined && { cwd }),
  };
  const proofs = await provenTrials(options, ground);
  if (options.mutations) await addMutations(proofs, options, ground);
  const inOrder = exercises.map(({ id }) => proofs.get(id)!);
  const mutants = inOrder.flatMap(({ mutations }) => mutations?.mutants ?? []);
  return {
    ok: inOrder.every((proof) => proof.ok),
    ms: Math.round(performance.now() - began),
    exercises: inOrder,
    ...(options.mutations && { mutations: scoreOf(mutants) }),
    scriptChecks: scriptChecksIn(exercises),
  };
}

type Proving = VerifyOptions & { exercises: readonly CourseExercise[] };

async function provenTrials(
  { exercises, memory, jobs = 2, onProgress }: Proving,
  ground: TrialGround,
): Promise<Map<string, ExerciseProof>> {
  const recalled = new Map<string, ExerciseProof>();
  for (const exercise of exercises) {
    const proof = (await memory?.recall(exercise, 'scripts')) ?? null;
    if (proof === null) continue;
    recalled.set(exercise.id, { ...proof, recalled: true });
    onProgress?.({ event: 'recalled', exerciseId: exercise.id, form: 'scripts' });
  }
  const proven = await proveTrials({
    ...ground,
    jobs,
    exercises: exercises.filter(({ id }) => !recalled.has(id)),
    ...(onProgress && { onProgress }),
    onProven: async (exercise, proof) => {
      if (proof.ok) await memory?.keep(exercise, 'scripts', proof);
    },
  });
  return new Map([...recalled, ...proven]);
}

async function addMutations(
  proofs: Map<string, ExerciseProof>,
  { exercises, memory, jobs = 2, onProgress }: Proving,
  ground: TrialGround,
): Promise<void> {
  const solved: Solved[] = [];
  for (const exercise of exercises) {
    const proof = proofs.get(exercise.id)!;
    if (!proof.ok) continue;
    const recalled = (await memory?.recall(exercise, 'mutations')) ?? null;
    if (recalled === null) {
      solved.push({ exercise, solve: proof.trials.find(({ kind }) => kind === 'solve')! });
    } else {
      proofs.set(exercise.id, withMutations(proof, { ...recalled, recalled: true }));
      onProgress?.({ event: 'recalled', exerciseId: exercise.id, form: 'mutations' });
    }
  }
  const proven = await proveMutants({
    ...ground,
    solved,
    jobs,
    onJudged: (judged) => onProgress?.({ event: 'judged', ...judged }),
    onProven: async (exercise, proof) => {
      if (proof.ok) await memory?.keep(exercise, 'mutations', proof);
    },
  });
  for (const [id, mutations] of proven) proofs.set(id, withMutations(proofs.get(id)!, mutations));
}

function withMutations(
  proof: ExerciseProof,
  mutations: NonNullable<ExerciseProof['mutations']>,
): ExerciseProof {
  return { ...proof, ok: proof.ok && mutations.ok, mutations };
}
