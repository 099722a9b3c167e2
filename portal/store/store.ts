import type { DatabaseSync } from 'node:sqlite';
import { AnswerStore } from './answers.ts';
import type { Log } from '../log.ts';
import { openDatabase } from './database.ts';
import { DockerEventStore } from './docker-events.ts';
import { ExerciseStartStore } from './exercise-starts.ts';
import { LearnerStore } from './learners.ts';
import { LifetimeStore } from './lifetimes.ts';
import { mendDatabase, type Mending } from './mending.ts';
import { ProgressStore } from './progress.ts';
import { QueueStore } from './queue.ts';
import { SandboxStore } from './sandboxes.ts';
import { TerminalNameStore } from './terminal-names.ts';
import { WholeCopy } from './whole-copy.ts';

/** One store per concept over one database file. */
export class Store implements Disposable {
  readonly #database: DatabaseSync;
  readonly #path: string;
  /** What was found damaged and replaced as this was opened. */
  readonly mending: Mending | null;
  readonly learners: LearnerStore;
  readonly progress: ProgressStore;
  readonly sandboxes: SandboxStore;
  readonly answers: AnswerStore;
  readonly terminalNames: TerminalNameStore;
  readonly exerciseStarts: ExerciseStartStore;
  readonly dockerEvents: DockerEventStore;
  readonly queue: QueueStore;
  readonly lifetimes: LifetimeStore;

  /** Throws STATE_DAMAGED, USAGE. */
  constructor(path: string) {
    this.#path = path;
    this.mending = mendDatabase(path);
    this.#database = openDatabase(path);
    this.learners = new LearnerStore(this.#database);
    this.progress = new ProgressStore(this.#database);
    this.sandboxes = new SandboxStore(this.#database);
    this.answers = new AnswerStore(this.#database);
    this.terminalNames = new TerminalNameStore(this.#database);
    this.exerciseStarts = new ExerciseStartStore(this.#database);
    this.dockerEvents = new DockerEventStore(this.#database);
    this.queue = new QueueStore(this.#database);
    this.lifetimes = new LifetimeStore(this.#database);
  }

  /** Copies from now on; to be disposed of before the store. */
  keepCopy(log: Log): WholeCopy {
    const copy = new WholeCopy({ database: this.#database, path: this.#path, log });
    copy.begin();
    return copy;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
