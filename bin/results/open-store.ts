/** The portal's database for reading, also while the portal runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Layout } from '../../host/layout.ts';
import { ExerciseEventStore } from '../../portal/store/exercise-events.ts';
import { ProgressStore } from '../../portal/store/progress.ts';
import { CodedError } from '../../protocol/errors.ts';

export interface ReadableStore extends Disposable {
  learnerIds: string[];
  progress: ProgressStore;
  events: ExerciseEventStore;
}

/** Throws USAGE where no course has run there yet, or an older program wrote it. */
export function openStoreForReading({ dataDir, portalDir }: Layout): ReadableStore {
  const path = join(portalDir, 'chrootcamp.db');
  if (!existsSync(path)) {
    throw new CodedError(
      'USAGE',
      `found no results in ${dataDir}; expected the data directory of a course that has run`,
    );
  }
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare('SELECT id FROM learners ORDER BY created_at, id').all();
    return {
      learnerIds: rows.map((row) => String(row['id'])),
      progress: new ProgressStore(database),
      events: new ExerciseEventStore(database),
      [Symbol.dispose]: () => database.close(),
    };
  } catch (cause) {
    database.close();
    const message = `${path} is not as this program writes it (${(cause as Error).message}); start the course once, which brings it up to date`;
    throw new CodedError('USAGE', message, { cause });
  }
}
