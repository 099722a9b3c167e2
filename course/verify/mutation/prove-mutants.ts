import { readFile } from 'node:fs/promises';
import type { CourseExercise } from '../../course.ts';
import { runPool } from '../pool.ts';
import type { TrialGround } from '../run-trial.ts';
import type { TrialResult } from '../trial.ts';
import { bashAccepts } from './bash-syntax.ts';
import { faultsOfDeclarations } from './equivalence.ts';
import { mutantsOf, type Mutant } from './mutant.ts';
import { scoreOf, type MutantResult, type MutationProof } from './mutation-proof.ts';
import { runMutant } from './run-mutant.ts';

/** An exercise whose scripts are proven, and how the solution did. */
export interface Solved {
  exercise: CourseExercise;
  solve: TrialResult;
}

export interface ProveMutants extends TrialGround {
  solved: readonly Solved[];
  jobs: number;
  onJudged?: (judged: { result: MutantResult; done: number; total: number }) => void;
  /** An exercise's last mutant is judged. */
  onProven?: (exercise: CourseExercise, proof: MutationProof) => Promise<void>;
}

/** Changes each solve script in every way and looks whether a check notices. By exercise id. */
export async function proveMutants(options: ProveMutants): Promise<Map<string, MutationProof>> {
  const { solved, jobs, signal, onJudged, onProven, ...ground } = options;
  const proofs = new Map<string, MutationProof>();
  const sets = await Promise.all(
    solved.map(async (each) => ({ ...each, mutants: await mutantsOfExercise(each.exercise) })),
  );
  const results = new Map<string, MutantResult[]>(sets.map(({ exercise }) => [exercise.id, []]));
  const total = sets.reduce((sum, { mutants }) => sum + mutants.length, 0);
  let done = 0;
  const ended = async ({ exercise, mutants }: (typeof sets)[number]): Promise<void> => {
    const own = results.get(exercise.id)!;
    if (own.length < mutants.length) return;
    const proof = proofOf(exercise, inOrder(own, mutants));
    proofs.set(exercise.id, proof);
    await onProven?.(exercise, proof);
  };
  const tasks = sets.flatMap((set) =>
    set.mutants.map((mutant) => async (taskSignal: AbortSignal) => {
      const result = await runMutant({ ...ground, ...set, mutant, signal: taskSignal });
      results.get(set.exercise.id)!.push(result);
      done += 1;
      onJudged?.({ result, done, total });
      await ended(set);
    }),
  );
  for (const set of sets.filter(({ mutants }) => mutants.length === 0)) await ended(set);
  await runPool(tasks, { jobs, signal });
  return proofs;
}

/** Those that bash can read. */
async function mutantsOfExercise(exercise: CourseExercise): Promise<Mutant[]> {
  const accepted: Mutant[] = [];
  for (const mutant of mutantsOf(await readFile(exercise.scripts.solve, 'utf8'))) {
    if (await bashAccepts(mutant.text)) accepted.push(mutant);
  }
  return accepted;
}

function inOrder(results: readonly MutantResult[], mutants: readonly Mutant[]): MutantResult[] {
  const place = (result: MutantResult): number =>
    mutants.findIndex(({ line, change }) => line === result.line && change === result.change);
  return results.toSorted((left, right) => place(left) - place(right));
}

function proofOf({ exercise }: CourseExercise, mutants: MutantResult[]): MutationProof {
  const faults = faultsOfDeclarations(exercise.equivalent ?? [], mutants);
  const score = scoreOf(mutants);
  return {
    ok: score.survived + score.unjudged + faults.length === 0,
    ms: mutants.reduce((sum, { ms }) => sum + ms, 0),
    score,
    mutants,
    faults,
  };
}
