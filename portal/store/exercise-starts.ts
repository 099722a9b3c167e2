import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { inTransaction } from './database.ts';

/** A kept start of one exercise on one sandbox. */
export interface ExerciseStartRecord {
  exerciseId: string;
  /** Null where there is none to go back to; `fault` then says why. */
  checkpointId: string | null;
  fault: string | null;
  takenAt: string;
  /** Ids of the containers that ran. */
  containers: string[];
  completedAt: string | null;
}

export type NewStart = Omit<ExerciseStartRecord, 'exerciseId' | 'completedAt'>;

/** Which checkpoint is the start of which exercise. */
export class ExerciseStartStore {
  readonly #database: DatabaseSync;
  readonly #select: StatementSync;
  readonly #put: StatementSync;
  readonly #lose: StatementSync;
  readonly #complete: StatementSync;
  readonly #reopen: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#select = database.prepare('SELECT * FROM exercise_starts WHERE sandbox_id = ? ORDER BY taken_at');
    this.#put = database.prepare(
      // The sandbox may have been forgotten while its disk was copied.
      `INSERT OR REPLACE INTO exercise_starts (sandbox_id, exercise_id, checkpoint_id, fault, taken_at, containers)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM sandboxes WHERE sandbox_id = ?1)`,
    );
    this.#lose = database.prepare(
      'UPDATE exercise_starts SET checkpoint_id = NULL, fault = ? WHERE sandbox_id = ? AND checkpoint_id = ?',
    );
    this.#complete = database.prepare(
      `UPDATE exercise_starts SET completed_at = ?
       WHERE sandbox_id = ? AND exercise_id = ? AND completed_at IS NULL`,
    );
    this.#reopen = database.prepare(
      'UPDATE exercise_starts SET completed_at = NULL WHERE sandbox_id = ? AND completed_at > ?',
    );
    this.#delete = database.prepare('DELETE FROM exercise_starts WHERE sandbox_id = ? AND exercise_id = ?');
  }

  /** In the order they were taken. */
  list(sandboxId: string): ExerciseStartRecord[] {
    return this.#select.all(sandboxId).map(recordOf);
  }

  find(sandboxId: string, exerciseId: string): ExerciseStartRecord | null {
    return this.list(sandboxId).find((one) => one.exerciseId === exerciseId) ?? null;
  }

  put(sandboxId: string, exerciseIds: readonly string[], start: NewStart): void {
    inTransaction(this.#database, () => {
      for (const exerciseId of exerciseIds) this.#putOne(sandboxId, exerciseId, start);
    });
  }

  /** The checkpoint is gone; `fault` tells the learner why. */
  lose(sandboxId: string, checkpointId: string, fault: string): void {
    this.#lose.run(fault, sandboxId, checkpointId);
  }

  /** True for the first time since its start was kept. */
  markCompleted({ sandboxId, exerciseId, at }: { sandboxId: string; exerciseId: string; at: Date }): boolean {
    return Number(this.#complete.run(at.toISOString(), sandboxId, exerciseId).changes) > 0;
  }

  /** The sandbox is again as it was at `start`: nothing after it has happened, and it is `exerciseIds`' start too. */
  rewind(sandboxId: string, start: NewStart, exerciseIds: readonly string[]): void {
    inTransaction(this.#database, () => {
      this.#reopen.run(sandboxId, start.takenAt);
      for (const later of this.list(sandboxId)) {
        if (later.takenAt <= start.takenAt) continue;
        if (exerciseIds.includes(later.exerciseId)) this.#putOne(sandboxId, later.exerciseId, start);
        else this.#delete.run(sandboxId, later.exerciseId);
      }
    });
  }

  #putOne(sandboxId: string, exerciseId: string, start: NewStart): void {
    const { checkpointId, fault, takenAt, containers } = start;
    this.#put.run(sandboxId, exerciseId, checkpointId, fault, takenAt, JSON.stringify(containers));
  }
}

function recordOf(row: Record<string, unknown>): ExerciseStartRecord {
  const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
  return {
    exerciseId: String(row['exercise_id']),
    checkpointId: text('checkpoint_id'),
    fault: text('fault'),
    takenAt: String(row['taken_at']),
    containers: JSON.parse(String(row['containers'])) as string[],
    completedAt: text('completed_at'),
  };
}
