import { randomBytes } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface Learner {
  id: string;
  /** ISO 8601. */
  createdAt: string;
}

export class LearnerStore {
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #count: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO learners (id, created_at) VALUES (?, ?)');
    this.#select = database.prepare('SELECT id, created_at FROM learners WHERE id = ?');
    this.#count = database.prepare('SELECT count(*) AS count FROM learners');
  }

  /** A learner without a name: 128 random bits, in URL-safe base64. */
  create(): Learner {
    const learner = { id: randomBytes(16).toString('base64url'), createdAt: new Date().toISOString() };
    this.#insert.run(learner.id, learner.createdAt);
    return learner;
  }

  find(id: string): Learner | null {
    const row = this.#select.get(id);
    return row ? { id: String(row['id']), createdAt: String(row['created_at']) } : null;
  }

  count(): number {
    return Number(this.#count.get()?.['count']);
  }
}
