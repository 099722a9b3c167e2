/**
 * The starts of exercises: a checkpoint of the learner's machine, taken when a lesson's exercises have been set up, and
 * again for those that follow when one is done. Going back to one undoes everything after it.
 */
import { CodedError } from '../../protocol/errors.ts';
import { startFaults } from '../../protocol/start-faults.ts';
import type { ExerciseRestart, ExerciseStart, ExerciseState } from '../../protocol/portal-api.ts';
import type { SandboxView } from '../../protocol/sandbox-api.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { isAborted } from '../aborted.ts';
import type { Lesson, LessonExercise, Lessons } from '../grading/lessons.ts';
import type { Log } from '../log.ts';
import type { ExerciseStartRecord } from '../store/exercise-starts.ts';
import type { Store } from '../store/store.ts';
import type { LearnerSandboxes } from './learner-sandboxes.ts';
import { runningContainers, startContainers } from './running-containers.ts';

export interface ExerciseStartsOptions {
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
  lessons: Lessons;
  store: Store;
  log: Log;
  /** What the machine's Docker reported after this moment has been undone. */
  onRewound: (learnerId: string, takenAt: string) => void;
  /** Ends what is under way when the portal stops. */
  signal: AbortSignal;
}

type Listener = (learnerId: string, lesson: Lesson, starts: ExerciseStart[]) => void;

export class ExerciseStarts {
  readonly #options: ExerciseStartsOptions;
  readonly #listeners = new Set<Listener>();
  /** By sandbox, each copied once at a time: exercises whose start is being kept, and those that wait for the next copy. */
  readonly #underWay = new Map<string, { taking: string[]; pending: Set<string> }>();

  constructor(options: ExerciseStartsOptions) {
    this.#options = options;
  }

  /** Told when starts of a lesson's exercises are other ones. */
  onStarts(listener: Listener): void {
    this.#listeners.add(listener);
  }

  of(learnerId: string, lesson: Lesson): ExerciseStart[] {
    const { store } = this.#options;
    const sandboxId = store.sandboxes.find(learnerId);
    const records = sandboxId === null ? [] : store.exerciseStarts.list(sandboxId);
    return lesson.exercises.map(({ id }) => startOf(id, records));
  }

  /** After each look at an exercise. Never rejects, and nobody waits for it. */
  onLooked(learnerId: string, item: LessonExercise, state: ExerciseState): void {
    const { lessons, store, sandboxes, log } = this.#options;
    const sandboxId = store.sandboxes.find(learnerId);
    if (sandboxId === null || state.verdicts.length === 0) return;
    const lesson = lessons.lesson(item.lessonId);
    const key = { sandboxId, exerciseId: item.id, at: new Date() };
    const isDone = state.complete && store.exerciseStarts.markCompleted(key);
    const anew = isDone ? this.#after(sandboxId, lesson, item) : [];
    if (anew.length === 0 && this.#withoutStart(sandboxId, lesson).length === 0) return;
    sandboxes
      .view(learnerId)
      .then((view) => (view?.status === 'running' ? this.#keep(learnerId, view, lesson, anew) : undefined))
      .catch((error: unknown) => {
        if (!isAborted(error)) log.error({ err: error, sandboxId }, "an exercise's start was not kept");
      });
  }

  #withoutStart(sandboxId: string, lesson: Lesson): string[] {
    const known = this.#options.store.exerciseStarts.list(sandboxId).map(({ exerciseId }) => exerciseId);
    return lesson.exercises.map(({ id }) => id).filter((id) => !known.includes(id));
  }

  /** Those that come after one that is done, and are not done themselves. */
  #after(sandboxId: string, lesson: Lesson, item: LessonExercise): string[] {
    const records = this.#options.store.exerciseStarts.list(sandboxId);
    const later = lesson.exercises.slice(lesson.exercises.indexOf(item) + 1).map(({ id }) => id);
    return later.filter((id) => !records.find((one) => one.exerciseId === id)?.completedAt);
  }

  async #keep(learnerId: string, view: SandboxView, lesson: Lesson, anew: string[]): Promise<void> {
    const { store } = this.#options;
    // Before the set-up it would be the start of nothing; each look comes by here again.
    const isSetUp = lesson.exercises.every(
      ({ id, setUpScript }) =>
        setUpScript === null ||
        store.sandboxes.isSetUp({ sandboxId: view.id, bootId: view.bootId, exerciseId: id }),
    );
    if (!isSetUp) return;
    const underWay = this.#underWay.get(view.id);
    const missing = this.#withoutStart(view.id, lesson).filter((id) => !underWay?.taking.includes(id));
    const wanted = [...missing, ...anew];
    if (underWay) return void wanted.forEach((id) => underWay.pending.add(id));
    const queue = { taking: [] as string[], pending: new Set(wanted) };
    this.#underWay.set(view.id, queue);
    try {
      while (queue.pending.size > 0) {
        queue.taking = [...queue.pending];
        queue.pending.clear();
        await this.#take(view, queue.taking);
        for (const listener of this.#listeners) listener(learnerId, lesson, this.of(learnerId, lesson));
      }
    } finally {
      this.#underWay.delete(view.id);
    }
  }

  async #take({ id }: SandboxView, exerciseIds: string[]): Promise<void> {
    const { client, store, log, signal } = this.#options;
    const containers = await runningContainers({ client, sandboxId: id, signal });
    const takenAt = new Date().toISOString();
    try {
      const taken = await client.checkpoint(id);
      log.info({ sandboxId: id, exerciseIds, ...taken }, "an exercise's start was kept");
      for (const dropped of taken.dropped) store.exerciseStarts.lose(id, dropped, startFaults.madeRoom);
      store.exerciseStarts.put(id, exerciseIds, { checkpointId: taken.id, fault: null, takenAt, containers });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      log.warn({ err: error, sandboxId: id, exerciseIds }, "an exercise's start could not be kept");
      if (!saidToLearners.has(error.code)) return;
      // Not tried again: later it would be the start of something else.
      const fault = error.code === 'DISK_TOO_SMALL' ? startFaults.noDisk : error.toBody().error.learner;
      // An older start is better than none: it stays.
      const known = store.exerciseStarts.list(id).filter(({ checkpointId }) => checkpointId !== null);
      const without = exerciseIds.filter((one) => !known.some(({ exerciseId }) => exerciseId === one));
      store.exerciseStarts.put(id, without, { checkpointId: null, fault, takenAt, containers: [] });
    }
  }

  /** The machine as it was at the exercise's start, Docker and what ran in it included. Throws CHECKPOINT_GONE, SANDBOX_NOT_RUNNING. */
  async restart(learnerId: string, item: LessonExercise): Promise<ExerciseRestart> {
    const { client, sandboxes, lessons, store, log, signal } = this.#options;
    const lesson = lessons.lesson(item.lessonId);
    const sandboxId = store.sandboxes.find(learnerId);
    const start = sandboxId === null ? null : store.exerciseStarts.find(sandboxId, item.id);
    const checkpointId = start?.checkpointId ?? null;
    if (sandboxId === null || start === null || checkpointId === null) {
      throw new CodedError('CHECKPOINT_GONE', `no start of ${item.id} is kept for this learner`);
    }
    // A stopped one is resumed first: that has its own way, through the queue and with its own time.
    await sandboxes.requireRunning(learnerId);
    let lostContainers = 0;
    const sandbox = await sandboxes.restore(learnerId, async () => {
      await client.restore(sandboxId, checkpointId);
      this.#options.onRewound(learnerId, start.takenAt);
      // Only now: where it could not be gone back to, nothing has been undone.
      const later = store.exerciseStarts.list(sandboxId).filter(({ takenAt }) => takenAt > start.takenAt);
      store.exerciseStarts.rewind(
        sandboxId,
        start,
        lesson.exercises.map(({ id }) => id),
      );
      const view = await client.view(sandboxId, { docker: 'wait', signal });
      lostContainers = await startContainers({ client, sandboxId, containers: start.containers, signal });
      const unused = new Set(later.flatMap((one) => one.checkpointId ?? []));
      for (const { checkpointId: used } of store.exerciseStarts.list(sandboxId)) unused.delete(used ?? '');
      for (const id of unused) await client.dropCheckpoint(sandboxId, id);
      return view;
    });
    log.info(
      { sandboxId, exerciseId: item.id, takenAt: start.takenAt },
      'went back to the start of an exercise',
    );
    for (const listener of this.#listeners) listener(learnerId, lesson, this.of(learnerId, lesson));
    return { sandbox, takenAt: start.takenAt, lostContainers };
  }
}

/** Other faults are of the moment: the next look tries again. */
const saidToLearners = new Set<string>(['CHECKPOINT_FAILED', 'DISK_TOO_SMALL']);

function startOf(exerciseId: string, records: readonly ExerciseStartRecord[]): ExerciseStart {
  const record = records.find((one) => one.exerciseId === exerciseId);
  const takenAt = record && record.checkpointId !== null ? record.takenAt : null;
  const fault = record?.fault ?? undefined;
  return { exerciseId, takenAt, ...(fault !== undefined && { fault }) };
}
