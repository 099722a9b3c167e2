import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'log-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('a full file is moved aside and the oldest dropped', () => {
  const file = path.join(folder, 'logs/portal.log');
  using log = new LogFile(file, { maxBytes: 10, kept: 2 });
  for (const word of ['first..', 'second.', 'third..', 'fourth.']) log.append(Buffer.from(word));
  expect(readFileSync(file, 'utf8')).toBe('fourth.');
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('third..');
  expect(readFileSync(`${file}.2`, 'utf8')).toBe('second.');
  expect(existsSync(`${file}.3`)).toBe(false);
});

test('a new start goes on in the same file', () => {
  const file = path.join(folder, 'portal.log');
  for (const word of ['a', 'b']) {
    using log = new LogFile(file);
    log.append(Buffer.from(word));
  }
  expect(readFileSync(file, 'utf8')).toBe('ab');
});
