/** Whether a database file is one, and whole: looked at without writing anything to it. */
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** SQLite's own codes for a file that is not as it wrote it (https://sqlite.org/rescode.html). */
const corrupt = 11;
const notADatabase = 26;

/** True for what SQLite throws at a damaged file; false where it could not be read for another reason. */
export function isDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  // The lower byte: extended codes say more above it.
  const primary = (errcode ?? 0) & 0xff;
  return primary === corrupt || primary === notADatabase;
}

/** What is wrong with the file at `path`, or null. One that is not there yet is no damage. */
export function findDamage(path: string): string | null {
  if (!existsSync(path)) return null;
  // SQLite takes it for a database that nobody has written to yet.
  if (statSync(path).size === 0) return 'the file is empty';
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare('PRAGMA quick_check(3)').all();
    const found = rows.map((row) => String(row['quick_check'])).join('; ');
    return found === 'ok' ? null : found;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return (error as Error).message;
  } finally {
    database.close();
  }
}
