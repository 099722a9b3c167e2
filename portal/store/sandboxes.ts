import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { inTransaction } from './database.ts';

/** Which sandbox is whose, and which set-up scripts have run in it. */
export class SandboxStore {
  readonly #database: DatabaseSync;
  readonly #select: StatementSync;
  readonly #selectOwner: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #forgetAnswers: StatementSync;
  readonly #setUp: StatementSync;
  readonly #addSetUp: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#select = database.prepare('SELECT sandbox_id FROM sandboxes WHERE learner_id = ?');
    this.#selectOwner = database.prepare('SELECT learner_id FROM sandboxes WHERE sandbox_id = ?');
    this.#insert = database.prepare(
      'INSERT INTO sandboxes (learner_id, sandbox_id, created_at) VALUES (?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM sandboxes WHERE learner_id = ? AND sandbox_id = ?');
    this.#forgetAnswers = database.prepare('DELETE FROM answers WHERE learner_id = ?');
    this.#setUp = database.prepare(
      'SELECT 1 FROM exercise_setups WHERE sandbox_id = ? AND boot_id = ? AND exercise_id = ?',
    );
    this.#addSetUp = database.prepare(
      // The sandbox may have been forgotten while the script ran.
      `INSERT OR IGNORE INTO exercise_setups (sandbox_id, boot_id, exercise_id, ran_at)
       SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM sandboxes WHERE sandbox_id = ?1)`,
    );
  }

  find(learnerId: string): string | null {
    const row = this.#select.get(learnerId);
    return row ? String(row['sandbox_id']) : null;
  }

  /** Whose it is; null for one that was forgotten. */
  ownerOf(sandboxId: string): string | null {
    const row = this.#selectOwner.get(sandboxId);
    return row ? String(row['learner_id']) : null;
  }

  assign(learnerId: string, sandboxId: string): void {
    this.#insert.run(learnerId, sandboxId, new Date().toISOString());
  }

  /** The sandbox is gone; what the learner answered was about it. */
  forget(learnerId: string, sandboxId: string): void {
    inTransaction(this.#database, () => {
      if (this.#delete.run(learnerId, sandboxId).changes > 0) this.#forgetAnswers.run(learnerId);
    });
  }

  isSetUp({ sandboxId, bootId, exerciseId }: SetUpKey): boolean {
    return this.#setUp.get(sandboxId, bootId, exerciseId) !== undefined;
  }

  markSetUp({ sandboxId, bootId, exerciseId }: SetUpKey): void {
    this.#addSetUp.run(sandboxId, bootId, exerciseId, new Date().toISOString());
  }
}

export interface SetUpKey {
  sandboxId: string;
  bootId: string;
  exerciseId: string;
}
