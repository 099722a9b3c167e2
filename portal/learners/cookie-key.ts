import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../protocol/errors.ts';

const keyBytes = 32;

/** The key that signs learners' cookies, made at the first start. Who loses it makes every learner a new one. */
export function readCookieKey(dataDir: string): Buffer {
  const path = join(dataDir, 'cookie.key');
  try {
    // `wx`: of two portals started at once, the second reads what the first wrote.
    writeFileSync(path, randomBytes(keyBytes), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(path);
  if (key.length === keyBytes) return key;
  throw new CodedError(
    'USAGE',
    `${path} holds ${key.length} bytes, expected ${keyBytes}; restore it, or remove it and every learner starts anew`,
  );
}
