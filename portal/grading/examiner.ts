/** Looks at a learner's machine for one exercise, and keeps what came of it. */
import { gradeExercise, type GradeOptions } from '../../grader/grade.ts';
import type { Observer } from '../../grader/observer.ts';
import { rememberingObserver } from '../../grader/remembering-observer.ts';
import type { ExerciseProgress, ExerciseState } from '../../protocol/portal-api.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';
import type { ExerciseVerdict } from '../../protocol/verdict.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { createObserver } from '../../sandbox-client/observer.ts';
import { isAborted } from '../aborted.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';
import type { Store } from '../store/store.ts';
import type { EventLedgers } from './event-ledgers.ts';
import type { LessonExercise } from './lessons.ts';
import type { SetUp } from './set-up.ts';
import type { VerdictLanguages } from './verdict-languages.ts';

export interface ExaminerOptions {
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
  store: Store;
  setUp: SetUp;
  ledgers: EventLedgers;
  languages: VerdictLanguages;
  metrics: Metrics;
  log: Log;
  signal: AbortSignal;
  /** For authors: told of every question of every look. */
  tracer?: LookTracer | undefined;
}

/** Follows what looks ask. */
export interface LookTracer {
  begin(
    learnerId: string,
    item: LessonExercise,
  ): {
    onAsked: NonNullable<GradeOptions['onAsked']>;
    onJudged(verdict: ExerciseVerdict): void;
  };
}

/** One round of looking at a learner's machine, begun when it is first asked for something. */
export interface Glance {
  /** Null where the learner has no machine. */
  view(): Promise<SandboxView | null>;
  observerOf(view: SandboxView): Observer;
}

export interface LookOptions {
  /** A failed set-up script is given another try. */
  setUpAgain?: boolean;
  /** Shared by exercises that are looked at together; it must have begun after the cause of this look. */
  glance?: Glance;
  /** Ids of the checks to look at; the verdicts of the others are those of `previous`. */
  only?: readonly string[];
  previous?: () => ExerciseVerdict | null;
}

type Listener = (learnerId: string, item: LessonExercise, state: ExerciseState) => void;

export class Examiner {
  readonly #options: ExaminerOptions;
  /** The last look of each learner and exercise: looks at one exercise never overtake one another. */
  readonly #looks = new Map<string, Promise<unknown>>();
  readonly #listeners = new Set<Listener>();

  constructor(options: ExaminerOptions) {
    this.#options = options;
  }

  /** Told of the state after every look. */
  onState(listener: Listener): void {
    this.#listeners.add(listener);
  }

  /** What is known without looking: nothing but whether it was earned. */
  unseen(learnerId: string, item: LessonExercise): ExerciseState {
    const progress = this.#options.store.progress.find({ learnerId, exerciseId: item.id });
    return stateOf({ exerciseId: item.id, verdicts: [], complete: false }, progress);
  }

  glance(learnerId: string): Glance {
    const { client, sandboxes, ledgers, signal } = this.#options;
    let view: Promise<SandboxView | null> | undefined;
    let observer: Observer | undefined;
    return {
      // What is looked at answers for itself, Docker too.
      view: () => (view ??= sandboxes.view(learnerId, { docker: 'unasked' })),
      observerOf: ({ id }) =>
        (observer ??= rememberingObserver(
          createObserver({
            client,
            sandboxId: id,
            signal,
            knownEvents: () => ledgers.known(learnerId, id),
          }),
        )),
    };
  }

  /**
   * The state after a look that begins now at the earliest. `unseen` where no machine runs. Throws what the
   * sandbox-server throws, and EXERCISE_INVALID where the set-up script fails.
   */
  async look(learnerId: string, item: LessonExercise, options: LookOptions = {}): Promise<ExerciseState> {
    const key = `${learnerId} ${item.id}`;
    const before = this.#looks.get(key) ?? Promise.resolve();
    const begin = (): Promise<ExerciseState> => this.#look(learnerId, item, options);
    const look = before.then(begin, begin);
    this.#looks.set(key, look);
    try {
      const state = await look;
      for (const listener of this.#listeners) listener(learnerId, item, state);
      return state;
    } finally {
      if (this.#looks.get(key) === look) this.#looks.delete(key);
    }
  }

  async #look(learnerId: string, item: LessonExercise, options: LookOptions): Promise<ExerciseState> {
    const { store, setUp, languages, metrics, log, signal } = this.#options;
    const glance = options.glance ?? this.glance(learnerId);
    const view = await glance.view();
    if (view?.status !== 'running') return this.unseen(learnerId, item);
    const stopTimer = metrics.gradingSeconds.startTimer();
    // Before the set-up an exercise may well look done: "remove this container" is, where it was never made.
    const wasSetUp = await setUp.ensure(view, item, { again: options.setUpAgain ?? false });
    const trace = this.#options.tracer?.begin(learnerId, item);
    const verdict = await gradeExercise({
      exerciseId: item.id,
      exercise: item.exercise,
      // What was seen by others before the script ran is of the past.
      observer: wasSetUp ? glance.observerOf(view) : this.glance(learnerId).observerOf(view),
      answers: store.answers.list(learnerId, item.id),
      now: new Date(),
      only: options.only,
      previous: options.previous?.() ?? undefined,
      catalogue: languages.of(learnerId),
      signal,
      onAsked: trace?.onAsked,
      onFault: (error) => {
        if (!isAborted(error)) log.error({ err: error, exerciseId: item.id }, 'a fault in a look');
      },
    });
    // Of a look that was cut short nothing is kept.
    signal.throwIfAborted();
    stopTimer();
    trace?.onJudged(verdict);
    // The machine was replaced meanwhile: what was seen is of the past.
    if (store.sandboxes.find(learnerId) !== view.id) return this.unseen(learnerId, item);
    return this.#keep(learnerId, verdict);
  }

  #keep(learnerId: string, verdict: ExerciseVerdict): ExerciseState {
    return stateOf(verdict, this.#options.store.progress.record(learnerId, verdict, new Date()));
  }
}

function stateOf(verdict: ExerciseVerdict, progress: ExerciseProgress): ExerciseState {
  const { earnedAt, hintsUsed, solutionSeenAt } = progress;
  return { ...verdict, earnedAt, hintsUsed, solutionSeenAt };
}
