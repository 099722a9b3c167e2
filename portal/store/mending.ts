/**
 * A damaged database is replaced by one with all that could be read of it, before anything else is done with it. The damaged
 * file itself is kept, as it was found, in a directory beside it: nothing is ever written over it.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CodedError } from '../../protocol/errors.ts';
import { findDamage } from './damage.ts';
import { openDatabase } from './database.ts';
import { salvage, type Salvaged } from './salvage.ts';
import { copyPathOf } from './whole-copy.ts';

export interface Mending extends Salvaged {
  /** What SQLite says of the file. */
  found: string;
  /** Directory in which the damaged file lies now. */
  keptIn: string;
}

const companions = ['-wal', '-shm', ''] as const;

/**
 * What was mended, or null where nothing was damaged. Throws STATE_DAMAGED where it cannot be mended, on a full disk for one:
 * then all is as it was.
 */
export function mendDatabase(path: string, now = new Date()): Mending | null {
  const mended = `${path}.mended`;
  // Killed between the two renamings below.
  if (existsSync(mended) && !existsSync(path)) renameSync(mended, path);
  const found = findDamage(path);
  if (found === null || isUnwritten(path)) return null;
  const keptIn = `${path}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    const salvaged = writeMended(path, mended);
    mkdirSync(keptIn, { mode: 0o700 });
    // The log first: beside another database it would be taken for that one's.
    for (const suffix of companions) {
      if (existsSync(path + suffix)) renameSync(path + suffix, join(keptIn, basename(path) + suffix));
    }
    renameSync(mended, path);
    return { found, keptIn, ...salvaged };
  } catch (cause) {
    throw new CodedError(
      'STATE_DAMAGED',
      `${path} is damaged (${found}) and could not be mended: ${(cause as Error).message}. Nothing was changed. ` +
        `Free space on its disk and start again; or put a back-up of yours in its place; or move it away, and learners begin anew`,
      { cause },
    );
  }
}

/** Killed at its very first start, before anything was in it. */
function isUnwritten(path: string): boolean {
  return statSync(path).size === 0 && !existsSync(copyPathOf(path));
}

/** Written under another name first: `mended` is there when it is whole. */
function writeMended(path: string, mended: string): Salvaged {
  const [reading, writing] = [`${path}.reading`, `${path}.mending`];
  const remove = (): void => {
    for (const suffix of companions) {
      for (const file of [reading, writing]) rmSync(file + suffix, { force: true });
    }
  };
  remove();
  try {
    // Reading what has a log writes to it.
    for (const suffix of ['', '-wal']) {
      if (existsSync(path + suffix)) copyFileSync(path + suffix, reading + suffix);
    }
    const salvaged = fill(writing, { damaged: reading, copy: copyPathOf(path) });
    renameSync(writing, mended);
    return salvaged;
  } finally {
    remove();
  }
}

function fill(path: string, { damaged, copy }: { damaged: string; copy: string }): Salvaged {
  const into = openDatabase(path);
  try {
    into.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = FULL');
    const isWhole = existsSync(copy) && findDamage(copy) === null;
    return salvage({ into, damaged, copy: isWhole ? copy : null });
  } finally {
    into.close();
  }
}
