import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The last answer a learner typed to each question. */
export class AnswerStore {
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;

  constructor(database: DatabaseSync) {
    this.#select = database.prepare(
      'SELECT check_id, answer FROM answers WHERE learner_id = ? AND exercise_id = ?',
    );
    this.#upsert = database.prepare(
      `INSERT INTO answers (learner_id, exercise_id, check_id, answer, answered_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at`,
    );
  }

  /** By check id. */
  list(learnerId: string, exerciseId: string): Map<string, string> {
    const rows = this.#select.all(learnerId, exerciseId);
    return new Map(rows.map((row) => [String(row['check_id']), String(row['answer'])]));
  }

  put(answer: { learnerId: string; exerciseId: string; checkId: string; answer: string }): void {
    const { learnerId, exerciseId, checkId } = answer;
    this.#upsert.run(learnerId, exerciseId, checkId, answer.answer, new Date().toISOString());
  }
}
