/** What is watched because someone has the page open: per learner the machine, and each of their open lessons. */
import type { SandboxState } from '../../protocol/portal-api.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import type { Log } from '../log.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';
import type { ExerciseStarts } from '../sandboxes/exercise-starts.ts';
import type { SandboxStore } from '../store/sandboxes.ts';
import type { EventLedgers } from './event-ledgers.ts';
import type { Examiner } from './examiner.ts';
import type { Cause } from './exercise-watch.ts';
import { LessonWatch } from './lesson-watch.ts';
import type { LessonPage } from './lesson-watch.ts';
import type { Lesson } from './lessons.ts';
import { MachineWatch } from './machine-watch.ts';
import type { PageCompanion } from './page-companion.ts';
import type { VerdictLanguages } from './verdict-languages.ts';

export interface WatchesOptions {
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
  store: SandboxStore;
  examiner: Examiner;
  starts: ExerciseStarts;
  ledgers: EventLedgers;
  languages: VerdictLanguages;
  log: Log;
}

interface LearnerWatch {
  machine: MachineWatch;
  lessons: Map<string, LessonWatch>;
}

/** Open lesson pages of one learner; each holds a connection. Beyond them the oldest gives way: most likely nobody is there. */
const maxPagesPerLearner = 6;

export class Watches implements Disposable {
  readonly #options: WatchesOptions;
  readonly #learners = new Map<string, LearnerWatch>();
  /** Of each learner, the oldest first. */
  readonly #pages = new Map<string, Set<LessonPage>>();
  readonly #companions: PageCompanion[] = [];

  constructor(options: WatchesOptions) {
    this.#options = options;
    options.sandboxes.onState((learnerId, state) => this.#onSandbox(learnerId, state));
    options.starts.onStarts((learnerId, lesson, starts) => {
      this.#learners.get(learnerId)?.lessons.get(lesson.id)?.onStarts(starts);
    });
    options.examiner.onState((learnerId, item, state) => {
      this.#learners.get(learnerId)?.lessons.get(item.lessonId)?.onExercise(item, state);
    });
  }

  /** The course was written on: open lessons go on as they are now. `of`: null for one that is no more. */
  revise(of: (lessonId: string) => Lesson | null): void {
    for (const { lessons } of this.#learners.values()) {
      for (const [id, watch] of lessons) {
        const lesson = of(id);
        if (lesson !== null) watch.revise(lesson);
      }
    }
  }

  /** Every page opened from now on is told of this as well. */
  accompany(companion: PageCompanion): void {
    this.#companions.push(companion);
  }

  get pageCount(): number {
    return this.#pages.values().reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * `makePage` is given what to call when the page has gone. All pages of a learner speak the language of the one opened
   * last.
   */
  async open(
    learnerId: string,
    { lesson, language }: { lesson: Lesson; language: string },
    makePage: (onClose: () => void) => LessonPage,
  ): Promise<void> {
    const sandbox = await this.#options.sandboxes.state(learnerId);
    if (this.#options.languages.speak(learnerId, language)) {
      for (const open of this.#learners.get(learnerId)?.lessons.values() ?? []) open.onCause('machine');
    }
    const watch = this.#watch(learnerId, lesson, sandbox);
    let ends: (() => void)[] = [];
    const page = makePage(() => {
      for (const end of ends) end();
      this.#countOut(learnerId, page);
      this.#close(learnerId, lesson, page);
    });
    this.#countIn(learnerId, page);
    watch.add(page);
    ends = this.#companions.map((companion) => companion.open(learnerId, page));
  }

  onCommandFinished(sandboxId: string): void {
    const learnerId = this.#options.store.ownerOf(sandboxId);
    const learner = learnerId === null ? undefined : this.#learners.get(learnerId);
    learner?.machine.onCommandFinished();
    if (learner) tellCause(learner, 'command-finished');
  }

  /** A line was entered: to the shell, or to what runs in its foreground and tells nobody when it is done. */
  onLineEntered(sandboxId: string): void {
    const learnerId = this.#options.store.ownerOf(sandboxId);
    const learner = learnerId === null ? undefined : this.#learners.get(learnerId);
    if (learner) tellCause(learner, 'line-entered');
  }

  [Symbol.dispose](): void {
    for (const learner of this.#learners.values()) {
      learner.machine[Symbol.dispose]();
      for (const lesson of learner.lessons.values()) lesson[Symbol.dispose]();
    }
    this.#learners.clear();
  }

  #watch(learnerId: string, lesson: Lesson, sandbox: SandboxState): LessonWatch {
    const { examiner, starts, client, sandboxes, log } = this.#options;
    const learner = this.#learners.get(learnerId) ?? this.#watchLearner(learnerId);
    const known = learner.lessons.get(lesson.id);
    if (known) {
      known.onSandbox(sandbox);
      return known;
    }
    const watch = new LessonWatch({
      learnerId,
      lesson,
      sandbox,
      starts: starts.of(learnerId, lesson),
      examiner,
      client,
      sandboxes,
      log,
    });
    learner.lessons.set(lesson.id, watch);
    return watch;
  }

  #watchLearner(learnerId: string): LearnerWatch {
    const { client, sandboxes, ledgers, log } = this.#options;
    const lessons = new Map<string, LessonWatch>();
    const machine: MachineWatch = new MachineWatch({
      learnerId,
      client,
      sandboxes,
      ledgers,
      log,
      onCause: (cause) => tellCause({ machine, lessons }, cause),
    });
    this.#learners.set(learnerId, { machine, lessons });
    return { machine, lessons };
  }

  #close(learnerId: string, lesson: Lesson, page: LessonPage): void {
    const learner = this.#learners.get(learnerId);
    const watch = learner?.lessons.get(lesson.id);
    if (!learner || !watch) return;
    watch.remove(page);
    if (watch.pageCount > 0) return;
    watch[Symbol.dispose]();
    learner.lessons.delete(lesson.id);
    if (learner.lessons.size > 0) return;
    learner.machine[Symbol.dispose]();
    this.#learners.delete(learnerId);
  }

  #onSandbox(learnerId: string, state: SandboxState): void {
    const learner = this.#learners.get(learnerId);
    if (!learner) return;
    learner.machine.onState(state);
    for (const watch of learner.lessons.values()) {
      watch.onSandbox(state);
      watch.onStarts(this.#options.starts.of(learnerId, watch.lesson));
    }
  }

  #countIn(learnerId: string, page: LessonPage): void {
    const pages = this.#pages.get(learnerId) ?? new Set();
    this.#pages.set(learnerId, pages.add(page));
    const [oldest] = pages;
    if (pages.size > maxPagesPerLearner) oldest?.drop();
  }

  #countOut(learnerId: string, page: LessonPage): void {
    const pages = this.#pages.get(learnerId);
    pages?.delete(page);
    if (pages?.size === 0) this.#pages.delete(learnerId);
  }
}

function tellCause({ lessons }: LearnerWatch, cause: Cause): void {
  for (const lesson of lessons.values()) lesson.onCause(cause);
}
