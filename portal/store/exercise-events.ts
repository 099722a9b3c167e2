import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { exerciseEventKinds, type ReplayStep } from '../../protocol/results.ts';
import type { ExerciseEventKind } from '../../protocol/results.ts';

/** Someone pressing a button for ever must not fill the disk. */
const maxEventsPerExercise = 1_000;

interface Key {
  learnerId: string;
  exerciseId: string;
}

/** The record of an exercise: what the learner did, and every change of its verdicts. Only ever added to. */
export class ExerciseEventStore {
  readonly #insert: StatementSync;
  readonly #events: StatementSync;
  readonly #verdicts: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO exercise_events (learner_id, exercise_id, what, detail, happened_at)
       SELECT ?1, ?2, ?3, ?4, ?5
       WHERE (SELECT count(*) FROM exercise_events WHERE learner_id = ?1 AND exercise_id = ?2) < ${maxEventsPerExercise}`,
    );
    this.#events = database.prepare(
      `SELECT what, detail, happened_at FROM exercise_events
       WHERE learner_id = ? AND exercise_id = ? ORDER BY happened_at, id`,
    );
    this.#verdicts = database.prepare(
      `SELECT check_id, status, sentence, expected, observed, place, evaluated_at FROM verdict_changes
       WHERE learner_id = ? AND exercise_id = ? ORDER BY evaluated_at, id`,
    );
  }

  /** `detail`: the number of the hint, the check answered and the answer. */
  add({ learnerId, exerciseId }: Key, what: ExerciseEventKind, detail: string, at: Date): void {
    this.#insert.run(learnerId, exerciseId, what, detail, at.toISOString());
  }

  /** Everything that happened, oldest first. */
  replay({ learnerId, exerciseId }: Key): ReplayStep[] {
    const events = this.#events.all(learnerId, exerciseId).flatMap((row): ReplayStep[] => {
      const what = exerciseEventKinds.find((kind) => kind === row['what']);
      if (what === undefined) return [];
      return [{ at: String(row['happened_at']), what, detail: String(row['detail']) }];
    });
    const verdicts = this.#verdicts.all(learnerId, exerciseId).map((row): ReplayStep => ({
      at: String(row['evaluated_at']),
      what: 'verdict',
      checkId: String(row['check_id']),
      status: String(row['status']),
      sentence: String(row['sentence']),
      expected: String(row['expected']),
      observed: String(row['observed']),
      where: String(row['place']),
    }));
    return [...events, ...verdicts].toSorted((left, right) => left.at.localeCompare(right.at));
  }
}
