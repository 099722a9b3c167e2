import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Who waits for a machine. It outlives the portal, and nobody has two places. */
export class QueueStore {
  readonly #list: StatementSync;
  readonly #join: StatementSync;
  readonly #leave: StatementSync;

  constructor(database: DatabaseSync) {
    this.#list = database.prepare('SELECT learner_id FROM sandbox_queue ORDER BY position');
    this.#join = database.prepare(
      `INSERT OR IGNORE INTO sandbox_queue (learner_id, position, joined_at)
       SELECT ?1, CASE WHEN ?2 THEN coalesce(min(position), 0) - 1 ELSE coalesce(max(position), 0) + 1 END, ?3
       FROM sandbox_queue`,
    );
    this.#leave = database.prepare('DELETE FROM sandbox_queue WHERE learner_id = ?');
  }

  /** Learners, the first to be served first. */
  list(): string[] {
    return this.#list.all().map((row) => String(row['learner_id']));
  }

  /** Who waits already keeps the place. */
  join(learnerId: string, { atFront, now }: { atFront: boolean; now: number }): void {
    this.#join.run(learnerId, atFront ? 1 : 0, now);
  }

  leave(learnerId: string): void {
    this.#leave.run(learnerId);
  }
}
