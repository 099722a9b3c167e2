import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ExerciseProgress } from '../../protocol/portal-api.ts';
import type { ExerciseVerdict, Verdict } from '../../protocol/verdict.ts';
import { inTransaction } from './database.ts';

/** A learner flipping one check on and off for ever must not fill the disk. */
const maxChangesPerExercise = 1_000;

interface Key {
  learnerId: string;
  exerciseId: string;
}

/** What each learner has tried and earned, and how the verdicts went. */
export class ProgressStore {
  readonly #database: DatabaseSync;
  readonly #all: StatementSync;
  readonly #one: StatementSync;
  readonly #try: StatementSync;
  readonly #earn: StatementSync;
  readonly #lastStatuses: StatementSync;
  readonly #addChange: StatementSync;

  constructor(database: DatabaseSync) {
    const columns = 'exercise_id, first_tried_at, earned_at';
    this.#database = database;
    this.#all = database.prepare(
      `SELECT ${columns} FROM exercise_progress WHERE learner_id = ? ORDER BY exercise_id`,
    );
    this.#one = database.prepare(
      `SELECT ${columns} FROM exercise_progress WHERE learner_id = ? AND exercise_id = ?`,
    );
    this.#try = database.prepare(
      `INSERT INTO exercise_progress (learner_id, exercise_id, first_tried_at) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET first_tried_at = coalesce(first_tried_at, excluded.first_tried_at)`,
    );
    this.#earn = database.prepare(
      `INSERT INTO exercise_progress (learner_id, exercise_id, first_tried_at, earned_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET
         first_tried_at = coalesce(first_tried_at, excluded.first_tried_at),
         earned_at = coalesce(earned_at, excluded.earned_at)`,
    );
    this.#lastStatuses = database.prepare(
      `SELECT check_id, status, max(id) FROM verdict_changes
       WHERE learner_id = ? AND exercise_id = ? GROUP BY check_id`,
    );
    this.#addChange = database.prepare(
      `INSERT INTO verdict_changes
         (learner_id, exercise_id, check_id, status, sentence, observed, evaluated_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
       WHERE (SELECT count(*) FROM verdict_changes WHERE learner_id = ?1 AND exercise_id = ?2) < ${maxChangesPerExercise}`,
    );
  }

  list(learnerId: string): ExerciseProgress[] {
    return this.#all.all(learnerId).map(progressOf);
  }

  find({ learnerId, exerciseId }: Key): ExerciseProgress {
    const row = this.#one.get(learnerId, exerciseId);
    return row ? progressOf(row) : { exerciseId, earnedAt: null, firstTriedAt: null };
  }

  /** The learner did something for it. The first time is kept. */
  markTried({ learnerId, exerciseId }: Key, at: Date): void {
    this.#try.run(learnerId, exerciseId, at.toISOString());
  }

  /**
   * Writes down which checks changed their status since the last record, that the exercise was tried where one did after
   * the first look, and that it was earned where all pass for the first time.
   */
  record(learnerId: string, verdict: ExerciseVerdict, at: Date): ExerciseProgress {
    const key = { learnerId, exerciseId: verdict.exerciseId };
    return inTransaction(this.#database, () => {
      const before = new Map<unknown, unknown>(
        this.#lastStatuses.all(learnerId, key.exerciseId).map((row) => [row['check_id'], row['status']]),
      );
      const changed = verdict.verdicts.filter((one) => before.get(one.checkId) !== one.status);
      for (const one of changed) this.#insertChange(key, one);
      if (changed.some((one) => before.has(one.checkId))) this.markTried(key, at);
      if (verdict.complete) {
        this.#earn.run(learnerId, key.exerciseId, at.toISOString(), at.toISOString());
      }
      return this.find(key);
    });
  }

  #insertChange({ learnerId, exerciseId }: Key, verdict: Verdict): void {
    const { checkId, status, sentence, observed, evaluatedAt } = verdict;
    this.#addChange.run(learnerId, exerciseId, checkId, status, sentence, observed, evaluatedAt);
  }
}

function progressOf(row: Record<string, unknown>): ExerciseProgress {
  return {
    exerciseId: String(row['exercise_id']),
    earnedAt: textOrNull(row['earned_at']),
    firstTriedAt: textOrNull(row['first_tried_at']),
  };
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value);
}
