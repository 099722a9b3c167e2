/** The portal's database file: opened, and brought to the newest form by numbered migrations. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '../../protocol/errors.ts';

const migrationsDir = join(import.meta.dirname, 'migrations');

/** `user_version` is the number of the last migration that ran; each runs in a transaction of its own. */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
  `);
  migrate(database, path);
  return database;
}

function migrate(database: DatabaseSync, path: string): void {
  const migrations = readMigrations();
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > migrations.length) {
    throw new CodedError(
      'USAGE',
      `${path} is at version ${version}, this program knows ${migrations.length}; start the newer one that wrote it`,
    );
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    inTransaction(database, () => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

/** All of `change` or nothing. */
export function inTransaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = change();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function readMigrations(): string[] {
  const names = readdirSync(migrationsDir).toSorted();
  return names.map((name, index) => {
    if (Number.parseInt(name, 10) !== index + 1) {
      throw new Error(`migration ${name} is out of order; expected number ${index + 1}`);
    }
    return readFileSync(join(migrationsDir, name), 'utf8');
  });
}
