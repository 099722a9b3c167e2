import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What learners called their terminals. */
export class TerminalNameStore {
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT terminal_id, name FROM terminal_names WHERE sandbox_id = ?');
    this.#upsert = database.prepare(
      // The sandbox may have been forgotten meanwhile.
      `INSERT INTO terminal_names (sandbox_id, terminal_id, name)
       SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM sandboxes WHERE sandbox_id = ?1)
       ON CONFLICT DO UPDATE SET name = excluded.name`,
    );
    this.#delete = database.prepare('DELETE FROM terminal_names WHERE sandbox_id = ? AND terminal_id = ?');
  }

  /** By terminal id. */
  list(sandboxId: string): Map<string, string> {
    return new Map(
      this.#select.all(sandboxId).map((row) => [String(row['terminal_id']), String(row['name'])]),
    );
  }

  put({ sandboxId, terminalId, name }: { sandboxId: string; terminalId: string; name: string | null }): void {
    if (name === null) this.#delete.run(sandboxId, terminalId);
    else this.#upsert.run(sandboxId, terminalId, name);
  }
}
