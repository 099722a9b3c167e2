import { setTimeout as delay } from 'node:timers/promises';
import type { ExerciseVerdict } from '../../../protocol/verdict.ts';
import type { CourseExercise } from '../../course.ts';
import { inFreshMachine } from '../fresh-machine.ts';
import { setUp, type TrialGround } from '../run-trial.ts';
import { runScript } from '../script.ts';
import { settledVerdict } from '../settled-verdict.ts';
import { step, type Step } from '../step.ts';
import type { TrialResult } from '../trial.ts';
import { declared } from './equivalence.ts';
import type { Mutant } from './mutant.ts';
import type { MutantResult } from './mutation-proof.ts';

/** A container whose command has nothing to do ends within this. */
const settledMs = 800;

export type RunMutant = TrialGround & { exercise: CourseExercise; mutant: Mutant; solve: TrialResult };

/** Runs a changed solve script in a machine of its own. Rejects only where `signal` fires. */
export async function runMutant(options: RunMutant): Promise<MutantResult> {
  const { exercise, mutant, signal } = options;
  const { line, change } = mutant;
  const equivalent = declared(mutant, exercise.exercise.equivalent ?? []);
  const began = performance.now();
  const steps: Step[] = [];
  let graded: ExerciseVerdict | null = null;
  await inFreshMachine({ ...options, steps }, async (sandboxId) => {
    await setUp({ ...options, steps, sandboxId, setup: exercise.scripts.setup });
    graded = await step(steps, 'grade', signal, () =>
      gradedMutant({ ...options, sandboxId, patient: equivalent !== null }),
    );
  });
  return {
    exerciseId: exercise.id,
    line,
    change,
    ...outcomeOf({ graded, because: equivalent?.because ?? null, steps }),
    ms: Math.round(performance.now() - began),
  };
}

/**
 * The solution's own times say how long its changed form may take: one that waits for what no longer comes would else
 * cost minutes. `patient`: it is said to reach the same state, and gets all the time there is.
 */
async function gradedMutant(
  options: RunMutant & { sandboxId: string; patient: boolean },
): Promise<ExerciseVerdict> {
  const { mutant, solve, limits, patient, signal } = options;
  const took = (name: Step['name']): number => solve.steps.find((each) => each.name === name)?.ms ?? 0;
  const timeoutMs = Math.min(limits.scriptTimeoutMs, 8_000 + 2 * took('script'));
  const withinMs = patient ? limits.settleMs : Math.min(limits.settleMs, 500 + 3 * took('grade'));
  const { answers } = await runScript({ ...options, text: mutant.text, timeoutMs });
  const isComplete = ({ complete }: ExerciseVerdict): boolean => complete;
  const graded = await settledVerdict({ ...options, answers, withinMs, until: isComplete });
  if (!graded.complete) return graded;
  // What passes only for a moment, such as a container about to end, has not reached the state.
  await delay(settledMs, undefined, { signal });
  return settledVerdict({ ...options, answers, withinMs: 0, until: isComplete });
}

function outcomeOf({
  graded,
  because,
  steps,
}: {
  graded: ExerciseVerdict | null;
  because: string | null;
  steps: readonly Step[];
}): Pick<MutantResult, 'outcome' | 'by' | 'detail'> {
  const broken = steps.find((each) => !each.ok);
  if (graded === null || broken !== undefined) {
    return { outcome: 'unjudged', detail: `${broken?.name ?? 'grade'}: ${broken?.detail ?? 'failed'}` };
  }
  if (graded.complete) {
    return because === null ? { outcome: 'survived' } : { outcome: 'equivalent', detail: because };
  }
  const failing = graded.verdicts.find(({ status }) => status === 'fail' || status === 'waiting');
  if (failing !== undefined) return { outcome: 'killed', by: failing.checkId, detail: failing.sentence };
  const blind = graded.verdicts.find(({ status }) => status === 'could-not-look')!;
  return { outcome: 'unjudged', detail: `check \`${blind.checkId}\` could not look: ${blind.sentence}` };
}
