import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { layoutOf } from '../layout.ts';
import { readRecord } from './record.ts';

test.each(['', '{"phase":"run', '{"phase":"asleep"}', '\0\0\0'])(
  'a record of %j says so by its code',
  (text) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'record-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const layout = layoutOf(path.join(folder, 'data'), path.join(folder, 'run'));
    mkdirSync(layout.runtimeDir, { recursive: true });
    expect(readRecord(layout)).toBeNull();
    writeFileSync(layout.recordFile, text);
    const damaged = { code: 'STATE_DAMAGED', message: expect.stringContaining(layout.recordFile) };
    expect(() => readRecord(layout)).toThrow(expect.objectContaining(damaged));
  },
);
