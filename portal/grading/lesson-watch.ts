import { setTimeout as delay } from 'node:timers/promises';
import type { ExerciseStart, ExerciseState, LessonEvent, SandboxState } from '../../protocol/portal-api.ts';
import type { Log } from '../log.ts';
import type { Examiner } from './examiner.ts';
import { ExerciseWatch } from './exercise-watch.ts';
import type { Cause } from './exercise-watch.ts';
import { FileFollow, type FileFollowOptions } from './file-follow.ts';
import type { Lesson, LessonExercise } from './lessons.ts';
import { afterthoughtsMs, lateAfterthoughtsMs, LookSchedule } from './look-schedule.ts';

/** Beyond this the others are no longer kept waiting for the slowest. */
const longestLookMs = 2_000;

/** A page that is told; `EventStream`. */
export interface LessonPage {
  send(event: LessonEvent): void;
  /** At once, whether anybody is there or not. */
  drop(): void;
}

export interface LessonWatchOptions {
  learnerId: string;
  lesson: Lesson;
  sandbox: SandboxState;
  starts: ExerciseStart[];
  examiner: Examiner;
  client: FileFollowOptions['client'];
  sandboxes: FileFollowOptions['sandboxes'];
  log: Log;
}

/** One lesson of one learner, on however many pages it is open. */
export class LessonWatch implements Disposable {
  readonly #pages = new Set<LessonPage>();
  #exercises: ExerciseWatch[];
  #lesson: Lesson;
  /** One for all exercises, so that they share what is seen. */
  readonly #schedule = new LookSchedule(() => this.#look());
  readonly #options: Pick<LessonWatchOptions, 'learnerId' | 'examiner' | 'log'>;
  readonly #files: FileFollow;
  #sandbox: SandboxState;
  #starts: ExerciseStart[];

  constructor(options: LessonWatchOptions) {
    const { learnerId, lesson, sandbox, starts, examiner, client, sandboxes, log } = options;
    this.#lesson = lesson;
    this.#options = { learnerId, examiner, log };
    this.#sandbox = sandbox;
    this.#starts = starts;
    this.#exercises = lesson.exercises.map((item) => new ExerciseWatch({ learnerId, item, examiner, log }));
    const onChange = (files: string[]): void => this.onCause({ files });
    this.#files = new FileFollow({ learnerId, client, sandboxes, onChange, log });
    this.#followFiles();
    this.onCause('machine');
  }

  get lesson(): Lesson {
    return this.#lesson;
  }

  /** The lesson was written on. What is known of exercises that are as they were stays known. */
  revise(lesson: Lesson): void {
    const before = this.#exercises;
    this.#lesson = lesson;
    this.#exercises = lesson.exercises.map((item) => {
      const same = before.find((watch) => JSON.stringify(watch.item) === JSON.stringify(item));
      return same ?? new ExerciseWatch({ ...this.#options, item });
    });
    this.#followFiles();
    if (this.#exercises.some((watch) => !before.includes(watch))) this.onCause('machine');
  }

  get pageCount(): number {
    return this.#pages.size;
  }

  /** Tells the page all there is, and from then on what changes. */
  add(page: LessonPage): void {
    page.send({ event: 'sandbox', data: this.#sandbox });
    for (const { state } of this.#exercises) page.send({ event: 'exercise', data: state });
    for (const start of this.#starts) page.send({ event: 'start', data: start });
    this.#pages.add(page);
  }

  remove(page: LessonPage): void {
    this.#pages.delete(page);
  }

  onCause(cause: Cause): void {
    const touched = this.#exercises.filter((exercise) => exercise.onCause(cause));
    if (touched.length === 0) return;
    if (cause !== 'line-entered') this.#schedule.request();
    // Seen as it happened: nothing of it is to come.
    if (typeof cause === 'object') return;
    const laterMs = this.#exercises.some((one) => one.comesLate) ? lateAfterthoughtsMs : afterthoughtsMs;
    this.#schedule.requestLater(laterMs, (turn) => {
      for (const exercise of this.#exercises) exercise.onAfterthought(turn);
    });
  }

  onSandbox(state: SandboxState): void {
    const before = this.#sandbox;
    if (JSON.stringify(state) === JSON.stringify(before)) return;
    this.#sandbox = state;
    this.#tell({ event: 'sandbox', data: state });
    this.#files.onState(state);
    if (state.status === 'unavailable' || state.status === 'queued') return;
    this.onCause(state.bootId === before.bootId ? 'docker-started-or-stopped' : 'machine');
  }

  onStarts(starts: ExerciseStart[]): void {
    const before = this.#starts;
    this.#starts = starts;
    for (const [index, start] of starts.entries()) {
      if (JSON.stringify(start) !== JSON.stringify(before[index]))
        this.#tell({ event: 'start', data: start });
    }
  }

  onExercise(item: LessonExercise, state: ExerciseState): void {
    const watch = this.#exercises.find((one) => one.item.id === item.id);
    if (watch?.take(state)) this.#tell({ event: 'exercise', data: state });
  }

  [Symbol.dispose](): void {
    this.#files[Symbol.dispose]();
    this.#schedule[Symbol.dispose]();
  }

  #followFiles(): void {
    this.#files.paths = this.#exercises.flatMap(({ files }) => files);
  }

  /** An exercise still being set up holds up no other: it is looked at once that is done. */
  async #look(): Promise<void> {
    const { learnerId, examiner } = this.#options;
    const glance = examiner.glance(learnerId);
    const looks = this.#exercises.map((exercise) => exercise.look(glance));
    let isLate = false;
    const patience = new AbortController();
    const late = delay(longestLookMs, undefined, { signal: patience.signal }).then(
      () => (isLate = true),
      () => {},
    );
    const all = Promise.all(looks).then(() => {
      patience.abort();
      if (isLate) this.#schedule.request();
    });
    await Promise.race([all, late]);
  }

  #tell(event: LessonEvent): void {
    for (const page of this.#pages) page.send(event);
  }
}
