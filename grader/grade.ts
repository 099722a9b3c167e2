import type { Check, Exercise } from '../protocol/exercise.ts';
import type { ExerciseVerdict, Verdict } from '../protocol/verdict.ts';
import { evaluateCheck } from './check-kinds.ts';
import type { Evaluation } from './evaluation.ts';
import { couldNotLook, unreadable } from './finding.ts';
import type { Observation, Observer } from './observer.ts';
import { Round } from './round.ts';
import { say, saying, type Catalogue } from './say.ts';

export interface GradeOptions {
  exerciseId: string;
  exercise: Exercise;
  observer: Observer;
  /** What the learner typed, by check id. */
  answers: ReadonlyMap<string, string>;
  /** The moment of the verdicts. */
  now: Date;
  /** With `only`: where the verdicts of all other checks are taken from, as they are. */
  previous?: ExerciseVerdict | undefined;
  /** Ids of the checks to evaluate, as `checksTouchedBy` gives them; a check without a previous verdict always is. */
  only?: readonly string[] | undefined;
  /** Each look at the machine may take this long; then its checks are `could-not-look`. Default 5 s. */
  lookDeadlineMs?: number | undefined;
  /** All looks together. Default three times `lookDeadlineMs`: no check needs more than three, one after another. */
  roundDeadlineMs?: number | undefined;
  /** Ends the round early; what has not been seen by then is `could-not-look`. */
  signal?: AbortSignal | undefined;
  /** Told of what each check asks of the machine, and of the answers. */
  onAsked?: ((checkId: string, question: string, answer: Promise<Observation<unknown>>) => void) | undefined;
  /** In which language it is said; English without one. */
  catalogue?: Catalogue | undefined;
  /** Told of faults of our own, which become `could-not-look`: an observer or a check that threw. */
  onFault?: ((error: unknown) => void) | undefined;
}

/**
 * Judges every check of an exercise in one round of looking. Always resolves, with one verdict per check in the order of
 * the exercise, whatever is observed.
 */
export async function gradeExercise(options: GradeOptions): Promise<ExerciseVerdict> {
  const { exercise, exerciseId } = options;
  const ended = new AbortController();
  const lookDeadlineMs = options.lookDeadlineMs ?? 5_000;
  const timer = setTimeout(() => ended.abort(), options.roundDeadlineMs ?? 3 * lookDeadlineMs);
  const signal = options.signal ? AbortSignal.any([ended.signal, options.signal]) : ended.signal;
  const onFault = options.onFault ?? (() => {});
  const round = new Round({ observer: options.observer, lookDeadlineMs, signal, onFault });
  const evaluation: Evaluation = { round, answers: options.answers };
  try {
    const verdicts = await saying(options.catalogue ?? new Map(), () =>
      Promise.all(
        exercise.checks.map(
          (check) => keptVerdict(check, options) ?? freshVerdict(check, evaluation, options),
        ),
      ),
    );
    return { exerciseId, verdicts, complete: verdicts.every((verdict) => verdict.status === 'pass') };
  } finally {
    clearTimeout(timer);
  }
}

function keptVerdict(check: Check, { previous, only }: GradeOptions): Verdict | undefined {
  if (only === undefined || only.includes(check.id)) return undefined;
  return previous?.verdicts.find((verdict) => verdict.checkId === check.id);
}

async function freshVerdict(check: Check, evaluation: Evaluation, options: GradeOptions): Promise<Verdict> {
  const about = { checkId: check.id, evaluatedAt: options.now.toISOString() };
  try {
    const { onAsked } = options;
    const round = evaluation.round.askedBy(
      onAsked && ((question, answer) => onAsked(check.id, question, answer)),
    );
    const { distance: _, ...told } = await evaluateCheck(check, { ...evaluation, round });
    return { ...about, ...told };
  } catch (error) {
    options.onFault?.(error);
    const question = { expected: check.label, where: say`your machine` };
    return { ...about, ...couldNotLook(question, unreadable(say`the check itself failed`)) };
  }
}
