import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { databaseFault } from './database-fault.ts';

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function database(): DatabaseSync {
  const directory = mkdtempSync(join(tmpdir(), 'fault-'));
  const made = new DatabaseSync(join(directory, 'db'));
  onTestFinished(() => {
    made.close();
    rmSync(directory, { recursive: true });
  });
  made.exec('CREATE TABLE lines (line TEXT) STRICT');
  return made;
}

test('no room on the disk', () => {
  const full = database();
  full.exec('PRAGMA max_page_count = 2');
  const insert = full.prepare('INSERT INTO lines VALUES (?)');
  expect(databaseFault(thrownBy(() => insert.run('x'.repeat(10_000))))).toMatchObject({
    code: 'DISK_TOO_SMALL',
  });
});

test('broken while it is in use', () => {
  const broken = database();
  broken.prepare('INSERT INTO lines VALUES (?)').run('x'.repeat(10_000));
  const path = broken.location()!;
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096);
  writeFileSync(path, bytes);
  const read = new DatabaseSync(path);
  onTestFinished(() => read.close());
  expect(databaseFault(thrownBy(() => read.prepare('SELECT * FROM lines').all()))).toMatchObject({
    code: 'STATE_DAMAGED',
  });
});

test('what the request is to blame for, or the program, is none', () => {
  expect(databaseFault(thrownBy(() => database().exec('SELECT nothing')))).toBeNull();
  expect(databaseFault(new Error('else'))).toBeNull();
});
