import { CodedError } from '../../protocol/errors.ts';
import { isDamage } from './damage.ts';

/** SQLITE_FULL (https://sqlite.org/rescode.html). */
const full = 13;

/** What SQLite threw at a request, where that is a fault of the disk and not of the request; else null. */
export function databaseFault(error: unknown): CodedError | null {
  const { errcode, message } = error as { errcode?: number; message?: string };
  if (errcode === undefined) return null;
  if (isDamage(error)) {
    const found = `the portal's database is damaged (${message}); the next start mends it: chrootcamp stop, then chrootcamp start`;
    return new CodedError('STATE_DAMAGED', found, { cause: error });
  }
  if ((errcode & 0xff) !== full) return null;
  const found = `the portal's database cannot grow (${message}): free space on the disk of the data directory`;
  return new CodedError('DISK_TOO_SMALL', found, { cause: error });
}
