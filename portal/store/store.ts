import type { DatabaseSync } from 'node:sqlite';
import { AnswerStore } from './answers.ts';
import { openDatabase } from './database.ts';
import { LearnerStore } from './learners.ts';
import { ProgressStore } from './progress.ts';
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

  constructor(path: string) {
    this.#database = openDatabase(path);
    this.learners = new LearnerStore(this.#database);
    this.progress = new ProgressStore(this.#database);
    this.sandboxes = new SandboxStore(this.#database);
    this.answers = new AnswerStore(this.#database);
    this.terminalNames = new TerminalNameStore(this.#database);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
