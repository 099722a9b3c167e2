import { changedBy, checksTouchedBy, comesLate } from '../../grader/dependencies.ts';
import { checksReading, filesReadBy } from '../../grader/files-read.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { ExerciseState } from '../../protocol/portal-api.ts';
import { isAborted } from '../aborted.ts';
import type { Log } from '../log.ts';
import type { Examiner, Glance } from './examiner.ts';
import type { LessonExercise } from './lessons.ts';

/**
 * Why to look again. `machine`: another one, or the same started anew; everything may be different. `files`: these paths
 * may be, seen as it happened.
 */
export type Cause = keyof typeof changedBy | 'machine' | { files: readonly string[] };

export interface ExerciseWatchOptions {
  learnerId: string;
  item: LessonExercise;
  examiner: Examiner;
  log: Log;
}

/** One exercise on an open page: which of its checks to look at again. What is found, the examiner tells. */
export class ExerciseWatch {
  readonly #options: ExerciseWatchOptions;
  /** Ids of checks whose verdict may be another by now. */
  #touched = new Set<string>();
  /** Those of the latest causes: to be looked at once more a little later. */
  #lately = new Set<string>();
  #isLooking = false;
  /** As last told; null before the first look. */
  #state: ExerciseState | null = null;

  constructor(options: ExerciseWatchOptions) {
    this.#options = options;
  }

  get item(): LessonExercise {
    return this.#options.item;
  }

  get state(): ExerciseState {
    return this.#state ?? this.#options.examiner.unseen(this.#options.learnerId, this.#options.item);
  }

  /** What its checks look at. */
  get files(): string[] {
    return this.#options.item.exercise.checks.flatMap(filesReadBy);
  }

  get comesLate(): boolean {
    return comesLate(this.#options.item.exercise);
  }

  /** True when there is something new in `state` beside the time of the look. */
  take(state: ExerciseState): boolean {
    const isNew = JSON.stringify(withoutTimes(state)) !== JSON.stringify(withoutTimes(this.state));
    this.#state = state;
    return isNew;
  }

  /** Whether any check may have changed by it; what could not be looked at may be seen by now in any case. */
  onCause(cause: Cause): boolean {
    const { exercise } = this.#options.item;
    if (typeof cause === 'object') {
      const ids = checksReading(exercise, cause.files);
      for (const id of ids) this.#touched.add(id);
      return ids.length > 0;
    }
    const ids =
      cause === 'machine' ? exercise.checks.map(({ id }) => id) : checksTouchedBy(exercise, changedBy[cause]);
    const unseen = this.state.verdicts.filter(({ status }) => status === 'could-not-look');
    for (const id of [...ids, ...unseen.map(({ checkId }) => checkId)]) this.#lately.add(id);
    if (cause !== 'line-entered') this.onAfterthought();
    return this.#lately.size > 0;
  }

  /** The effects of the last causes may have come only now. */
  onAfterthought({ isLast = false } = {}): void {
    for (const id of this.#lately) this.#touched.add(id);
    if (isLast) this.#lately.clear();
  }

  /** Looks at what is touched, if anything is; never rejects. What is touched meanwhile waits for the next. */
  async look(glance: Glance): Promise<void> {
    if (this.#isLooking || this.#touched.size === 0) return;
    const { learnerId, item, examiner, log } = this.#options;
    const touched = this.#touched;
    this.#touched = new Set();
    this.#isLooking = true;
    try {
      await examiner.look(learnerId, item, { glance, only: [...touched], previous: () => this.#state });
    } catch (error) {
      // The page keeps what it has. A sandbox-server that is down is announced as the machine's state.
      for (const id of touched) this.#touched.add(id);
      if (isAborted(error)) return;
      const isKnown = error instanceof CodedError && error.code !== 'INTERNAL';
      log[isKnown ? 'info' : 'error']({ err: error, exerciseId: item.id }, 'could not look at an exercise');
    } finally {
      this.#isLooking = false;
    }
  }
}

function withoutTimes(state: ExerciseState): unknown {
  return { ...state, verdicts: state.verdicts.map((verdict) => ({ ...verdict, evaluatedAt: '' })) };
}
