import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MachineNews, StopCause } from '../../protocol/portal-api.ts';
import type { LifetimeRecord } from '../sandboxes/lifetime.ts';

export interface StoredLifetime {
  learnerId: string;
  sandboxId: string;
  record: LifetimeRecord;
}

/** How far each machine's life has come, and what its learner is still to be told of it. */
export class LifetimeStore {
  readonly #select: StatementSync;
  readonly #selectAll: StatementSync;
  readonly #put: StatementSync;
  readonly #selectNews: StatementSync;
  readonly #putNews: StatementSync;
  readonly #deleteNews: StatementSync;

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT * FROM sandbox_lifetimes WHERE sandbox_id = ?');
    this.#selectAll = database.prepare('SELECT * FROM sandbox_lifetimes JOIN sandboxes USING (sandbox_id)');
    this.#put = database.prepare(
      // The sandbox may have been forgotten meanwhile.
      `INSERT OR REPLACE INTO sandbox_lifetimes
         (sandbox_id, started_at, active_at, extensions, stopped_at, stop_cause)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM sandboxes WHERE sandbox_id = ?1)`,
    );
    this.#selectNews = database.prepare('SELECT * FROM machine_news WHERE learner_id = ?');
    this.#putNews = database.prepare(
      'INSERT OR REPLACE INTO machine_news (learner_id, kind, cause, stopped_at) VALUES (?, ?, ?, ?)',
    );
    this.#deleteNews = database.prepare('DELETE FROM machine_news WHERE learner_id = ?');
  }

  find(sandboxId: string): LifetimeRecord | null {
    const row = this.#select.get(sandboxId);
    return row ? recordOf(row) : null;
  }

  all(): StoredLifetime[] {
    return this.#selectAll.all().map((row) => ({
      learnerId: String(row['learner_id']),
      sandboxId: String(row['sandbox_id']),
      record: recordOf(row),
    }));
  }

  put(sandboxId: string, record: LifetimeRecord): void {
    const { startedAt, activeAt, extensions, stoppedAt, stopCause } = record;
    this.#put.run(sandboxId, startedAt, activeAt, extensions, stoppedAt, stopCause);
  }

  news(learnerId: string): MachineNews | null {
    const row = this.#selectNews.get(learnerId);
    if (!row) return null;
    return {
      kind: String(row['kind']) as MachineNews['kind'],
      cause: String(row['cause']) as StopCause,
      stoppedAt: new Date(Number(row['stopped_at'])).toISOString(),
    };
  }

  putNews(
    learnerId: string,
    { kind, cause, stoppedAt }: Omit<MachineNews, 'stoppedAt'> & { stoppedAt: number },
  ): void {
    this.#putNews.run(learnerId, kind, cause, stoppedAt);
  }

  forgetNews(learnerId: string): void {
    this.#deleteNews.run(learnerId);
  }
}

function recordOf(row: Record<string, unknown>): LifetimeRecord {
  const cause = row['stop_cause'];
  return {
    startedAt: Number(row['started_at']),
    activeAt: Number(row['active_at']),
    extensions: Number(row['extensions']),
    stoppedAt: row['stopped_at'] === null ? null : Number(row['stopped_at']),
    stopCause: cause === null ? null : (String(cause) as StopCause),
  };
}
