/** Takes from a damaged database what can still be read, and the rest from an earlier whole copy of it. */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { isDamage } from './damage.ts';
import { inTransaction } from './database.ts';

type Row = Record<string, SQLOutputValue>;

export interface Salvaged {
  /** Rows of all tables that the new database has. */
  rows: number;
  /** Names of tables that could not be read to their end. */
  incomplete: string[];
}

export interface SalvageOptions {
  /** Empty, and in the newest form. Its foreign keys must be off. */
  into: DatabaseSync;
  damaged: string;
  /** Null where there is none. */
  copy: string | null;
}

/** A row is never half taken; what belonged to a row that is lost goes with it, except that learners are made anew. */
export function salvage({ into, damaged, copy }: SalvageOptions): Salvaged {
  const tables = namesIn(
    into,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  const incomplete: string[] = [];
  using newest = openedToRead(damaged);
  using earlier = copy === null ? null : openedToRead(copy);
  return inTransaction(into, () => {
    for (const table of tables) {
      const isWhole = newest !== null && copyTable(newest, into, table);
      if (isWhole) continue;
      incomplete.push(table);
      // What was removed since comes back where the table was not read to its end: better than to lose the rest.
      if (earlier !== null) copyTable(earlier, into, table);
    }
    addMissingLearners(into, tables);
    removeOrphans(into, tables);
    return { rows: tables.reduce((sum, table) => sum + countOf(into, table), 0), incomplete };
  });
}

function openedToRead(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    if (!isDamage(error)) throw error;
    return null;
  }
}

/** From both ends, since a broken page stops either. True when all was read. */
function copyTable(from: DatabaseSync, into: DatabaseSync, table: string): boolean {
  let columns: string[];
  let key: string[];
  try {
    const present = new Set(columnsOf(from, table));
    if (present.size === 0) return false;
    columns = columnsOf(into, table).filter((name) => present.has(name));
    key = keyOf(into, table);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
  const places = columns.map(() => '?').join(', ');
  const insert = into.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  const take = (direction: 'ASC' | 'DESC'): boolean => {
    const order = key.map((name) => `${name} ${direction}`).join(', ');
    try {
      const rows = from.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${order}`).iterate();
      for (const row of rows as Iterable<Row>) addRow(insert, columns, row);
      return true;
    } catch (error) {
      if (!isDamage(error)) throw error;
      return false;
    }
  };
  if (take('ASC')) return true;
  take('DESC');
  return false;
}

/** SQLITE_CONSTRAINT: what was read is nothing that this program can have written. */
const constraint = 19;

function addRow(insert: ReturnType<DatabaseSync['prepare']>, columns: string[], row: Row): void {
  try {
    insert.run(...columns.map((name) => row[name] as SQLOutputValue));
  } catch (error) {
    if ((((error as { errcode?: number }).errcode ?? 0) & 0xff) !== constraint) throw error;
  }
}

function addMissingLearners(into: DatabaseSync, tables: string[]): void {
  const now = new Date().toISOString();
  for (const table of tables.filter((name) => columnsOf(into, name).includes('learner_id')))
    into
      .prepare(`INSERT OR IGNORE INTO learners (id, created_at) SELECT DISTINCT learner_id, ? FROM ${table}`)
      .run(now);
}

function removeOrphans(into: DatabaseSync, tables: string[]): void {
  const dependent = tables.filter(
    (name) => name !== 'sandboxes' && columnsOf(into, name).includes('sandbox_id'),
  );
  for (const table of dependent)
    into.exec(`DELETE FROM ${table} WHERE sandbox_id NOT IN (SELECT sandbox_id FROM sandboxes)`);
}

function namesIn(database: DatabaseSync, sql: string): string[] {
  return database
    .prepare(sql)
    .all()
    .map((row) => String(row['name']));
}

function columnsOf(database: DatabaseSync, table: string): string[] {
  return namesIn(database, `SELECT name FROM pragma_table_info('${table}')`);
}

function keyOf(database: DatabaseSync, table: string): string[] {
  return namesIn(database, `SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`);
}

function countOf(database: DatabaseSync, table: string): number {
  return Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
}
