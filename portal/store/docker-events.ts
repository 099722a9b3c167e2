import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DockerEventObservation } from '../../grader/observer.ts';
import { inTransaction } from './database.ts';

/** An event and whether it is one of many, which are bounded apart from the others. */
export interface KeptEvent {
  event: DockerEventObservation;
  isFrequent: boolean;
}

/** What the Docker of each machine reported. It goes with the machine. */
export class DockerEventStore {
  readonly #database: DatabaseSync;
  readonly #select: StatementSync;
  readonly #insert: StatementSync;
  readonly #thinOut: StatementSync;
  readonly #rewind: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#select = database.prepare(
      `SELECT frequent, time_nano, type, action, actor_id, attributes FROM docker_events
       WHERE sandbox_id = ? ORDER BY id`,
    );
    this.#insert = database.prepare(
      // The sandbox may have been forgotten meanwhile.
      `INSERT OR IGNORE INTO docker_events (sandbox_id, frequent, time_nano, type, action, actor_id, attributes)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM sandboxes WHERE sandbox_id = ?1)`,
    );
    this.#thinOut = database.prepare(
      `DELETE FROM docker_events WHERE sandbox_id = ?1 AND frequent = ?2 AND id <= (
         SELECT id FROM docker_events WHERE sandbox_id = ?1 AND frequent = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)`,
    );
    this.#rewind = database.prepare(
      'DELETE FROM docker_events WHERE sandbox_id = ? AND CAST(time_nano AS INTEGER) > ?',
    );
  }

  /** In the order they were kept. */
  list(sandboxId: string): KeptEvent[] {
    return this.#select.all(sandboxId).map((row) => ({
      isFrequent: row['frequent'] === 1,
      event: {
        type: String(row['type']),
        action: String(row['action']),
        actorId: String(row['actor_id']),
        attributes: JSON.parse(String(row['attributes'])) as Record<string, string>,
        timeNano: BigInt(String(row['time_nano'])),
      },
    }));
  }

  /** Keeps so many of each sort, the newest. All or nothing. */
  add(
    sandboxId: string,
    events: readonly KeptEvent[],
    { most, mostFrequent }: { most: number; mostFrequent: number },
  ): void {
    inTransaction(this.#database, () => {
      for (const { event, isFrequent } of events) {
        const { timeNano, type, action, actorId, attributes } = event;
        this.#insert.run(
          sandboxId,
          Number(isFrequent),
          String(timeNano),
          type,
          action,
          actorId,
          JSON.stringify(attributes),
        );
      }
      this.#thinOut.run(sandboxId, 0, most);
      this.#thinOut.run(sandboxId, 1, mostFrequent);
    });
  }

  /** Forgets what came after a moment, in nanoseconds since 1970. */
  rewind(sandboxId: string, lastNano: bigint): void {
    this.#rewind.run(sandboxId, lastNano);
  }
}
