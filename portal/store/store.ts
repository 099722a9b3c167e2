import type { DatabaseSync } from 'node:sqlite';
import { AnswerStore } from './answers.ts';
import { openDatabase } from './database.ts';
import { ExerciseStartStore } from './exercise-starts.ts';
import { LearnerStore } from './learners.ts';
import { LifetimeStore } from './lifetimes.ts';
import { ProgressStore } from './progress.ts';
import { QueueStore } from './queue.ts';
import { SandboxStore } from './sandboxes.ts';
import { TerminalNameStore } from './terminal-names.ts';

/** One store per concept over one database file. */
export class Store implements Disposable {
  readonly #database: DatabaseSync;
  readonly learners: LearnerStore;
  readonly progress: ProgressStore;
  readonly sandboxes: SandboxStore;
  readonly answers: AnswerStore;
  readonly terminalNames: TerminalNameStore;
  readonly exerciseStarts: ExerciseStartStore;
  readonly queue: QueueStore;
  readonly lifetimes: LifetimeStore;

  constructor(path: string) {
    this.#database = openDatabase(path);
    this.learners = new LearnerStore(this.#database);
    this.progress = new ProgressStore(this.#database);
    this.sandboxes = new SandboxStore(this.#database);
    this.answers = new AnswerStore(this.#database);
    this.terminalNames = new TerminalNameStore(this.#database);
    this.exerciseStarts = new ExerciseStartStore(this.#database);
    this.queue = new QueueStore(this.#database);
    this.lifetimes = new LifetimeStore(this.#database);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
