import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ExerciseProgress } from '../../protocol/portal-api.ts';
import type { ExerciseVerdict, Verdict } from '../../protocol/verdict.ts';
import { inTransaction } from './database.ts';
import { ExerciseEventStore } from './exercise-events.ts';

/** A learner flipping one check on and off for ever must not fill the disk. */
const maxChangesPerExercise = 1_000;
/** What follows one another so closely is one try: the containers of a `docker compose up`, one by one. */
const oneTryMs = 10_000;

interface Key {
  learnerId: string;
  exerciseId: string;
}

/** What each learner has tried and earned, with what help, and how the verdicts went. */
export class ProgressStore {
  readonly events: ExerciseEventStore;
  readonly #database: DatabaseSync;
  readonly #all: StatementSync;
  readonly #one: StatementSync;
  readonly #begin: StatementSync;
  readonly #try: StatementSync;
  readonly #earn: StatementSync;
  readonly #useHint: StatementSync;
  readonly #seeSolution: StatementSync;
  readonly #lastChanges: StatementSync;
  readonly #addChange: StatementSync;

  constructor(database: DatabaseSync) {
    const columns = 'exercise_id, first_tried_at, earned_at, tries, hints_used, solution_seen_at';
    const ofExercise = 'WHERE learner_id = ?1 AND exercise_id = ?2';
    this.#database = database;
    this.events = new ExerciseEventStore(database);
    this.#all = database.prepare(
      `SELECT ${columns} FROM exercise_progress WHERE learner_id = ? ORDER BY exercise_id`,
    );
    this.#one = database.prepare(`SELECT ${columns} FROM exercise_progress ${ofExercise}`);
    this.#begin = database.prepare(
      'INSERT INTO exercise_progress (learner_id, exercise_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#try = database.prepare(
      `UPDATE exercise_progress SET
         first_tried_at = coalesce(first_tried_at, ?3),
         tries = tries + (earned_at IS NULL AND (last_tried_at IS NULL OR last_tried_at < ?4)),
         last_tried_at = ?3
       ${ofExercise}`,
    );
    this.#earn = database.prepare(
      `UPDATE exercise_progress SET
         first_tried_at = coalesce(first_tried_at, ?3), tries = max(tries, 1), earned_at = ?3
       ${ofExercise} AND earned_at IS NULL`,
    );
    this.#useHint = database.prepare(
      `UPDATE exercise_progress SET hints_used = ?3 ${ofExercise} AND hints_used < ?3`,
    );
    this.#seeSolution = database.prepare(
      `UPDATE exercise_progress SET solution_seen_at = ?3 ${ofExercise} AND solution_seen_at IS NULL`,
    );
    this.#lastChanges = database.prepare(
      `SELECT check_id, status, sentence, max(id) FROM verdict_changes ${ofExercise} GROUP BY check_id`,
    );
    this.#addChange = database.prepare(
      `INSERT INTO verdict_changes
         (learner_id, exercise_id, check_id, status, sentence, expected, observed, place, evaluated_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
       WHERE (SELECT count(*) FROM verdict_changes WHERE learner_id = ?1 AND exercise_id = ?2) < ${maxChangesPerExercise}`,
    );
  }

  list(learnerId: string): ExerciseProgress[] {
    return this.#all.all(learnerId).map(progressOf);
  }

  find({ learnerId, exerciseId }: Key): ExerciseProgress {
    const row = this.#one.get(learnerId, exerciseId);
    return row ? progressOf(row) : { ...untouched, exerciseId };
  }

  /** The learner did something for it. The first time is kept. */
  markTried({ learnerId, exerciseId }: Key, at: Date): void {
    this.#begin.run(learnerId, exerciseId);
    const before = new Date(at.getTime() - oneTryMs).toISOString();
    this.#try.run(learnerId, exerciseId, at.toISOString(), before);
  }

  /** The learner opened hint `number`, counted from 1. */
  useHint(key: Key, number: number, at: Date): void {
    const { learnerId, exerciseId } = key;
    this.#begin.run(learnerId, exerciseId);
    if (this.#useHint.run(learnerId, exerciseId, number).changes > 0) {
      this.events.add(key, 'hint', String(number), at);
    }
  }

  /** The first time is kept. */
  seeSolution(key: Key, at: Date): void {
    const { learnerId, exerciseId } = key;
    this.#begin.run(learnerId, exerciseId);
    if (this.#seeSolution.run(learnerId, exerciseId, at.toISOString()).changes > 0) {
      this.events.add(key, 'solution', '', at);
    }
  }

  /**
   * Writes down which checks are judged otherwise since the last record, that the exercise was tried where one changed
   * its status after the first look, and that it was earned where all pass for the first time.
   */
  record(learnerId: string, verdict: ExerciseVerdict, at: Date): ExerciseProgress {
    const key = { learnerId, exerciseId: verdict.exerciseId };
    return inTransaction(this.#database, () => {
      const before = new Map(
        this.#lastChanges
          .all(learnerId, key.exerciseId)
          .map((row) => [row['check_id'], { status: row['status'], sentence: row['sentence'] }]),
      );
      for (const one of verdict.verdicts) {
        const { status, sentence } = before.get(one.checkId) ?? {};
        if (status !== one.status || sentence !== one.sentence) this.#insertChange(key, one);
      }
      // What a sentence tells of the nearest thing also changes by work on another exercise.
      const turned = ({ checkId, status }: Verdict): boolean => {
        const known = before.get(checkId);
        return known !== undefined && known.status !== status;
      };
      if (verdict.verdicts.some(turned)) this.markTried(key, at);
      if (verdict.complete) {
        this.#begin.run(learnerId, key.exerciseId);
        const isNew = this.#earn.run(learnerId, key.exerciseId, at.toISOString()).changes > 0;
        if (isNew) this.events.add(key, 'earned', '', at);
      }
      return this.find(key);
    });
  }

  #insertChange({ learnerId, exerciseId }: Key, verdict: Verdict): void {
    const { checkId, status, sentence, expected, observed, where, evaluatedAt } = verdict;
    this.#addChange.run(
      learnerId,
      exerciseId,
      checkId,
      status,
      sentence,
      expected,
      observed,
      where,
      evaluatedAt,
    );
  }
}

const untouched = { earnedAt: null, firstTriedAt: null, tries: 0, hintsUsed: 0, solutionSeenAt: null };

function progressOf(row: Record<string, unknown>): ExerciseProgress {
  return {
    exerciseId: String(row['exercise_id']),
    earnedAt: textOrNull(row['earned_at']),
    firstTriedAt: textOrNull(row['first_tried_at']),
    tries: Number(row['tries']),
    hintsUsed: Number(row['hints_used']),
    solutionSeenAt: textOrNull(row['solution_seen_at']),
  };
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value);
}
