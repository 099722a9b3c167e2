import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCookieKey } from './cookie-key.ts';
import { LearnerCookie } from './learner-cookie.ts';

const learnerId = 'abcdefghijklmnopqrstuv';
const cookie = new LearnerCookie({ key: Buffer.alloc(32, 1), secure: false });
const pair = cookie.write(learnerId).split(';')[0] ?? '';

test('what was written is read back, among other cookies', () => {
  expect(cookie.read(pair)).toBe(learnerId);
  expect(cookie.read(`theme=dark; ${pair}; chrootcamp2=x`)).toBe(learnerId);
  expect(cookie.read(`chrootcamp=broken; ${pair}`)).toBe(learnerId);
});

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['no signature', `chrootcamp=${learnerId}`],
  ['another id under the same signature', pair.replace('abc', 'xyz')],
  ['another signature', pair.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
  ['a longer one', `${pair}A`],
  ['another name', pair.replace('chrootcamp', 'chrootcamP')],
])('%s is nobody', (_name, header) => {
  expect(cookie.read(header)).toBe(null);
});

test('another key is another portal', () => {
  expect(new LearnerCookie({ key: Buffer.alloc(32, 2), secure: false }).read(pair)).toBe(null);
});

test('the key is made once, for its owner only', () => {
  const directory = mkdtempSync(join(tmpdir(), 'key-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const key = readCookieKey(directory);
  expect(key).toHaveLength(32);
  expect(readCookieKey(directory)).toEqual(key);
  const path = join(directory, 'cookie.key');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path)).toEqual(key);
  writeFileSync(path, 'short');
  expect(() => readCookieKey(directory)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
