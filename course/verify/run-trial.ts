import { basename } from 'node:path';
import type { ExerciseVerdict } from '../../protocol/verdict.ts';
import { inFreshMachine, type VerifyClient } from './fresh-machine.ts';
import { settledVerdict } from './settled-verdict.ts';
import { faultOfFresh } from './judgement.ts';
import { runScriptFile, type ScriptRun } from './script.ts';
import { step, StepFailed, type Step } from './step.ts';
import type { Trial, TrialResult } from './trial.ts';

export interface TrialLimits {
  /** Each script; then it is killed and the trial fails. */
  scriptTimeoutMs: number;
  /** What a script started may take this long to reach the state that is asked for. */
  settleMs: number;
}

export const defaultLimits: TrialLimits = { scriptTimeoutMs: 120_000, settleMs: 5_000 };

/** Where trials are done. */
export interface TrialGround {
  client: VerifyClient;
  limits: TrialLimits;
  signal: AbortSignal;
  /** See `runScript`. */
  scratchDir?: string;
  cwd?: string;
}

export type RunTrial = TrialGround & { trial: Trial };

/** Tries one script in a machine of its own. Rejects only where `signal` fires; the machine is destroyed in any case. */
export async function runTrial(options: RunTrial): Promise<TrialResult> {
  const { trial } = options;
  const steps: Step[] = [];
  const began = performance.now();
  await inFreshMachine({ ...options, steps }, (sandboxId) =>
    steppedThrough({ ...options, steps, sandboxId }),
  );
  return {
    exerciseId: trial.exercise.id,
    script: basename(trial.path),
    kind: trial.kind,
    ...(trial.fails !== undefined && { fails: trial.fails }),
    ok: steps.every((each) => each.ok),
    ms: Math.round(performance.now() - began),
    steps,
  };
}

type Stepping = RunTrial & { steps: Step[]; sandboxId: string };

/** After this, the machine is as the learner finds it. */
export async function setUp(stepping: Omit<Stepping, 'trial'> & { setup: string | null }): Promise<void> {
  const { steps, signal, limits, setup } = stepping;
  if (setup === null) return;
  await step(steps, 'setup', signal, async () => {
    const ran = await runScriptFile({ ...stepping, path: setup, timeoutMs: limits.scriptTimeoutMs });
    if (ran.exit.exitCode !== 0) throw new StepFailed(`setup.sh ${endingOf(ran, limits)}`);
  });
}

async function steppedThrough(stepping: Stepping): Promise<void> {
  const { trial, steps, signal, limits } = stepping;
  const { exercise, scripts } = trial.exercise;
  await setUp({ ...stepping, setup: scripts.setup });
  const look = { ...stepping, exercise: trial.exercise, withinMs: limits.settleMs };
  if (trial.kind === 'solve') {
    await step(steps, 'fresh', signal, async () => {
      const until = (graded: ExerciseVerdict): boolean => faultOfFresh(graded) === null;
      const fault = faultOfFresh(await settledVerdict({ ...look, answers: new Map(), until }));
      if (fault !== null) throw new StepFailed(fault);
    });
  }
  const ran = await step(steps, 'script', signal, async () => {
    const run = await runScriptFile({ ...stepping, path: trial.path, timeoutMs: limits.scriptTimeoutMs });
    if (run.exit.timedOut || run.exit.exitCode === null) throw new StepFailed(endingOf(run, limits));
    const questions = exercise.checks.filter((check) => check.kind === 'answer').map((check) => check.id);
    const stray = [...run.answers.keys()].find((id) => !questions.includes(id));
    if (stray !== undefined) {
      throw new StepFailed(
        `it answers \`${stray}\`, and the typed answers are: ${questions.join(', ') || 'none'}`,
      );
    }
    return run;
  });
  for (const name of ['grade', 'again'] as const) {
    await step(steps, name, signal, async (own) => {
      const until = (graded: ExerciseVerdict): boolean => trial.faultOf(graded) === null;
      const graded = await settledVerdict({ ...look, answers: ran.answers, until });
      const fault = trial.faultOf(graded);
      if (fault !== null) throw new StepFailed(`${fault}\nThe script ${endingOf(ran, limits)}`);
      const told = trial.toldOf(graded);
      if (told !== undefined && name === 'grade') own.detail = told;
    });
  }
}

function endingOf({ exit, output }: ScriptRun, limits: TrialLimits): string {
  const how = exit.timedOut
    ? `did not end within ${limits.scriptTimeoutMs / 1000} s`
    : `ended with ${exit.exitCode === null ? `signal ${exit.signal}` : `exit code ${exit.exitCode}`}`;
  return output === '' ? `${how} and printed nothing.` : `${how} and printed at last:\n${output}`;
}
