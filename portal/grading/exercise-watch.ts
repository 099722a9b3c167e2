import { changedBy, checksTouchedBy } from '../../grader/dependencies.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { ExerciseState } from '../../protocol/portal-api.ts';
import type { Log } from '../log.ts';
import type { Examiner } from './examiner.ts';
import type { LessonExercise } from './lessons.ts';
import { LookSchedule } from './look-schedule.ts';

/** Why to look again. `machine`: another one, or the same started anew; everything may be different. */
export type Cause = keyof typeof changedBy | 'machine';

export interface ExerciseWatchOptions {
  learnerId: string;
  item: LessonExercise;
  examiner: Examiner;
  log: Log;
}

/** One exercise on an open page: looks when there is cause to. What it finds, the examiner tells. */
export class ExerciseWatch implements Disposable {
  readonly #options: ExerciseWatchOptions;
  readonly #schedule: LookSchedule;
  /** As last told; null before the first look. */
  #state: ExerciseState | null = null;

  constructor(options: ExerciseWatchOptions) {
    this.#options = options;
    this.#schedule = new LookSchedule(() => this.#look());
  }

  get item(): LessonExercise {
    return this.#options.item;
  }

  get state(): ExerciseState {
    return this.#state ?? this.#options.examiner.unseen(this.#options.learnerId, this.#options.item);
  }

  /** True when there is something new in `state` beside the time of the look. */
  take(state: ExerciseState): boolean {
    const isNew = JSON.stringify(withoutTimes(state)) !== JSON.stringify(withoutTimes(this.state));
    this.#state = state;
    return isNew;
  }

  onCause(cause: Cause): void {
    if (cause === 'machine') return this.#schedule.request();
    if (checksTouchedBy(this.#options.item.exercise, changedBy[cause]).length === 0) return;
    this.#schedule.requestWithAfterthoughts();
  }

  [Symbol.dispose](): void {
    this.#schedule[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    const { learnerId, item, examiner, log } = this.#options;
    try {
      await examiner.look(learnerId, item);
    } catch (error) {
      // The page keeps what it has. A sandbox-server that is down is announced as the machine's state.
      const isKnown = error instanceof CodedError && error.code !== 'INTERNAL';
      log[isKnown ? 'info' : 'error']({ err: error, exerciseId: item.id }, 'could not look at an exercise');
    }
  }
}

function withoutTimes(state: ExerciseState): unknown {
  return { ...state, verdicts: state.verdicts.map((verdict) => ({ ...verdict, evaluatedAt: '' })) };
}
