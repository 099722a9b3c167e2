import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const entrypoint = join(import.meta.dirname, 'files/usr/local/bin/docker-entrypoint.sh');
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'entrypoint-'));
  await writeFile(join(directory, 'node'), '#!/bin/sh\necho "node $*"\n');
  await chmod(join(directory, 'node'), 0o755);
  await writeFile(join(directory, 'app.js'), '');
});
afterEach(() => rm(directory, { recursive: true }));

async function runs(...words: string[]): Promise<string> {
  const env = { PATH: `${directory}:${process.env['PATH']}` };
  const { stdout } = await promisify(execFile)('sh', [entrypoint, ...words], { cwd: directory, env });
  return stdout.trim();
}

test.for([
  [['node'], 'node'],
  [['app.js', 'x'], 'node app.js x'],
  [['./app.js'], 'node ./app.js'],
  [['missing.js'], 'node missing.js'],
  [['--version'], 'node --version'],
  [['echo', 'a  b'], 'a  b'],
] as const)('%j runs %j', async ([words, expected]) => {
  expect(await runs(...words)).toBe(expected);
});
