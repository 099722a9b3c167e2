import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCourseConfig } from './course-config.ts';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'config-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

function write(text: string, name = 'config.yaml'): string {
  writeFileSync(join(dataDir, name), text);
  return join(dataDir, name);
}

test('without a file everything has its default; an empty one is the same', () => {
  const defaults = readCourseConfig({ dataDir });
  expect(defaults.limits).toMatchObject({ memoryBytes: 1024 ** 3, pids: 1500, terminals: 5 });
  expect(defaults.lifetimes.idleSeconds).toBe(3600);
  write('# nothing yet\n');
  expect(readCourseConfig({ dataDir })).toEqual(defaults);
});

test('what the file says holds, the rest keeps its default; JSON is YAML', () => {
  write('limits:\n  pids: 800 # a small class\n');
  expect(readCourseConfig({ dataDir }).limits).toMatchObject({ pids: 800, cpuPercent: 200 });
  const other = write('{"lifetimes":{"keepDays":2}}', 'other.json');
  expect(readCourseConfig({ dataDir }, other)).toMatchObject({
    limits: { pids: 1500 },
    lifetimes: { keepDays: 2 },
  });
});

test.each([
  ['an unknown field', 'limits:\n  memory: 1\n', /memory/],
  ['a value below the least', 'limits:\n  pids: 3\n', />=64[^]*limits\.pids/],
  ['text that is no YAML', 'limits: [\n', /cannot be read/],
])('%s is refused by name, with the file', (_, text, says) => {
  const path = write(text);
  const read = () => readCourseConfig({ dataDir });
  expect(read).toThrow(says);
  expect(read).toThrow(path);
  expect(read).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

test('a file that was named must be there', () => {
  expect(() => readCourseConfig({ dataDir }, join(dataDir, 'no.yaml'))).toThrow(/no\.yaml cannot be read/);
});
