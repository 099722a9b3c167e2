import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gradeExercise } from '../../grader/grade.ts';
import type { CreateSandbox, SandboxView } from '../../protocol/sandbox-api.ts';
import type { ExerciseVerdict } from '../../protocol/verdict.ts';
import { createObserver, type ObservedSandbox } from '../../sandbox-client/observer.ts';
import { faultOfFresh } from './judgement.ts';
import { runScript, type ScriptClient, type ScriptRun } from './script.ts';
import { step, StepFailed, type Step } from './step.ts';
import type { Trial, TrialResult } from './trial.ts';

/** What proving exercises needs of a `SandboxClient`. */
export interface VerifyClient extends ObservedSandbox, ScriptClient {
  create(request: CreateSandbox): Promise<SandboxView>;
  view(id: string, options: { waitForDocker?: boolean; signal?: AbortSignal }): Promise<SandboxView>;
  destroy(id: string): Promise<void>;
  readFile: ObservedSandbox['readFile'];
}

export interface TrialLimits {
  /** Each script; then it is killed and the trial fails. */
  scriptTimeoutMs: number;
  /** What a script started may take this long to reach the state that is asked for. */
  settleMs: number;
}

export const defaultLimits: TrialLimits = { scriptTimeoutMs: 120_000, settleMs: 5_000 };

export interface RunTrial {
  trial: Trial;
  client: VerifyClient;
  limits: TrialLimits;
  signal: AbortSignal;
  /** See `runScript`. */
  scratchDir?: string;
  cwd?: string;
}

/** Tries one script in a machine of its own. Rejects only where `signal` fires; the machine is destroyed in any case. */
export async function runTrial(options: RunTrial): Promise<TrialResult> {
  const { trial, client, signal } = options;
  const steps: Step[] = [];
  const began = performance.now();
  let sandboxId: string | null = null;
  try {
    await step(steps, 'machine', signal, async () => {
      sandboxId = (await client.create({})).id;
      const { docker } = await client.view(sandboxId, { waitForDocker: true, signal });
      if (docker !== 'ready') throw new StepFailed(`Docker is ${docker} in a fresh machine; expected ready`);
      return undefined;
    });
    await steppedThrough({ ...options, steps, sandboxId: sandboxId! });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof StepFailed)) throw error;
  } finally {
    if (sandboxId !== null) await destroyed(steps, client, sandboxId);
  }
  return {
    exerciseId: trial.exercise.id,
    script: basename(trial.path),
    kind: trial.kind,
    ok: steps.every((each) => each.ok),
    ms: Math.round(performance.now() - began),
    steps,
  };
}

type Stepping = RunTrial & { steps: Step[]; sandboxId: string };

async function steppedThrough(stepping: Stepping): Promise<void> {
  const { trial, steps, signal, limits } = stepping;
  const { exercise, scripts } = trial.exercise;
  if (scripts.setup !== null) {
    const setup = scripts.setup;
    await step(steps, 'setup', signal, async () => {
      const ran = await scriptRun(stepping, setup);
      if (ran.exit.exitCode !== 0) throw new StepFailed(`setup.sh ${endingOf(ran, limits)}`);
      return undefined;
    });
  }
  if (trial.kind === 'solve') {
    await step(steps, 'fresh', signal, async () => {
      const fault = faultOfFresh(await settled(stepping, new Map(), faultOfFresh));
      if (fault !== null) throw new StepFailed(fault);
      return undefined;
    });
  }
  const ran = await step(steps, 'script', signal, async () => {
    const run = await scriptRun(stepping, trial.path);
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
      const graded = await settled(stepping, ran.answers, trial.faultOf);
      const fault = trial.faultOf(graded);
      if (fault !== null) throw new StepFailed(`${fault}\nThe script ${endingOf(ran, limits)}`);
      const told = trial.toldOf(graded);
      if (told !== undefined && name === 'grade') own.detail = told;
    });
  }
}

async function scriptRun(stepping: Stepping, path: string): Promise<ScriptRun> {
  const { client, sandboxId, limits, signal, scratchDir, cwd } = stepping;
  return runScript({
    client,
    sandboxId,
    text: await readFile(path, 'utf8'),
    timeoutMs: limits.scriptTimeoutMs,
    signal,
    ...(scratchDir !== undefined && { scratchDir }),
    ...(cwd !== undefined && { cwd }),
  });
}

/**
 * Grades until there is no fault or the time is over: what a script started in the background needs a moment. The portal
 * looks again on events; here a few looks a second do.
 */
async function settled(
  { trial, client, sandboxId, limits, signal }: Stepping,
  answers: ReadonlyMap<string, string>,
  faultOf: (graded: ExerciseVerdict) => string | null,
): Promise<ExerciseVerdict> {
  const observer = createObserver({ client, sandboxId, signal });
  const { id: exerciseId, exercise } = trial.exercise;
  const until = performance.now() + limits.settleMs;
  for (;;) {
    const graded = await gradeExercise({ exerciseId, exercise, observer, answers, now: new Date(), signal });
    signal.throwIfAborted();
    if (faultOf(graded) === null || performance.now() >= until) return graded;
    await delay(200, undefined, { signal });
  }
}

/** Not to be aborted: a machine left over is worse than a late end. */
async function destroyed(steps: Step[], client: VerifyClient, sandboxId: string): Promise<void> {
  const never = new AbortController().signal;
  await step(steps, 'destroy', never, () => client.destroy(sandboxId)).catch((error: unknown) => {
    if (!(error instanceof StepFailed)) throw error;
  });
}

function endingOf({ exit, output }: ScriptRun, limits: TrialLimits): string {
  const how = exit.timedOut
    ? `did not end within ${limits.scriptTimeoutMs / 1000} s`
    : `ended with ${exit.exitCode === null ? `signal ${exit.signal}` : `exit code ${exit.exitCode}`}`;
  return output === '' ? `${how} and printed nothing.` : `${how} and printed at last:\n${output}`;
}
