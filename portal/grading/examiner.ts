/** Looks at a learner's machine for one exercise, and keeps what came of it. */
import { gradeExercise } from '../../grader/grade.ts';
import type { ExerciseState } from '../../protocol/portal-api.ts';
import type { ExerciseVerdict } from '../../protocol/verdict.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { createObserver } from '../../sandbox-client/observer.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';
import type { Store } from '../store/store.ts';
import type { LessonExercise } from './lessons.ts';
import type { SetUp } from './set-up.ts';

export interface ExaminerOptions {
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
  store: Store;
  setUp: SetUp;
  metrics: Metrics;
  log: Log;
  signal: AbortSignal;
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
    const { earnedAt } = this.#options.store.progress.find({ learnerId, exerciseId: item.id });
    return { exerciseId: item.id, verdicts: [], complete: false, earnedAt };
  }

  /**
   * The state after a look that begins now at the earliest. `unseen` where no machine runs. Throws what the
   * sandbox-server throws, and EXERCISE_INVALID where the set-up script fails; `setUpAgain` gives that another try.
   */
  async look(learnerId: string, item: LessonExercise, { setUpAgain = false } = {}): Promise<ExerciseState> {
    const key = `${learnerId} ${item.id}`;
    const before = this.#looks.get(key) ?? Promise.resolve();
    const look = before.then(
      () => this.#look(learnerId, item, setUpAgain),
      () => this.#look(learnerId, item, setUpAgain),
    );
    this.#looks.set(key, look);
    try {
      const state = await look;
      for (const listener of this.#listeners) listener(learnerId, item, state);
      return state;
    } finally {
      if (this.#looks.get(key) === look) this.#looks.delete(key);
    }
  }

  async #look(learnerId: string, item: LessonExercise, setUpAgain: boolean): Promise<ExerciseState> {
    const { client, sandboxes, store, setUp, metrics, log, signal } = this.#options;
    const view = await sandboxes.view(learnerId);
    if (view?.status !== 'running') return this.unseen(learnerId, item);
    const stopTimer = metrics.gradingSeconds.startTimer();
    // Before the set-up an exercise may well look done: "remove this container" is, where it was never made.
    await setUp.ensure(view, item, { again: setUpAgain });
    const verdict = await gradeExercise({
      exerciseId: item.id,
      exercise: item.exercise,
      observer: createObserver({ client, sandboxId: view.id, signal }),
      answers: store.answers.list(learnerId, item.id),
      now: new Date(),
      signal,
      onFault: (error) => log.error({ err: error, exerciseId: item.id }, 'a fault in a look'),
    });
    stopTimer();
    // The machine was replaced meanwhile: what was seen is of the past.
    if (store.sandboxes.find(learnerId) !== view.id) return this.unseen(learnerId, item);
    return this.#keep(learnerId, verdict);
  }

  #keep(learnerId: string, verdict: ExerciseVerdict): ExerciseState {
    const { earnedAt } = this.#options.store.progress.record(learnerId, verdict, new Date());
    return { ...verdict, earnedAt };
  }
}
