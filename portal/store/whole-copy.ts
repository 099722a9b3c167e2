/** A whole copy of the database beside it, renewed now and then: what a damaged one is completed from. */
import { renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Log } from '../log.ts';

export interface WholeCopyOptions {
  database: DatabaseSync;
  /** Of the database. */
  path: string;
  log: Log;
  /** Default 10 minutes. */
  intervalMs?: number;
}

/** A copy has the original's way of writing, with a log beside it; it is to be one file that nobody writes to. */
function detachFromLog(path: string): void {
  const copy = new DatabaseSync(path);
  try {
    copy.exec('PRAGMA journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

export function copyPathOf(path: string): string {
  return `${path}.copy`;
}

export class WholeCopy implements AsyncDisposable {
  readonly #options: WholeCopyOptions;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #copiedChanges = -1;

  constructor(options: WholeCopyOptions) {
    this.#options = options;
  }

  /** Writes one now, and one at every interval in which something was changed. */
  begin(): void {
    const write = (): void => {
      this.#writing = this.#writing.then(() => this.#write());
    };
    write();
    this.#timer = setInterval(write, this.#options.intervalMs ?? 10 * 60_000);
    this.#timer.unref();
  }

  async #write(): Promise<void> {
    const { database, path, log } = this.#options;
    const changes = Number(database.prepare('SELECT total_changes() AS count').get()?.['count']);
    if (changes === this.#copiedChanges) return;
    const fresh = `${copyPathOf(path)}.new`;
    try {
      rmSync(fresh, { force: true });
      await backup(database, fresh);
      detachFromLog(fresh);
      const file = await open(fresh, 'r');
      await file.sync().finally(() => file.close());
      renameSync(fresh, copyPathOf(path));
      this.#copiedChanges = changes;
    } catch (err) {
      // The disk is full, as a rule: learners are served all the same, and the earlier copy stays.
      log.warn({ err, path }, 'no copy of the database could be written');
      rmSync(fresh, { force: true });
    }
  }

  /** Waits for one under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
  }
}
