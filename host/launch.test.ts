/** The way from a shell to Node, in clones of a few files. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePath, repositoryRoot } from './repository.ts';

const lock = { name: 'clone', lockfileVersion: 3, packages: { '': { name: 'clone' } } };

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(path.join(tmpdir(), 'clone-'));
  for (const file of ['host/launch.sh', 'host/bootstrap.mjs', 'host/setup', 'bin/chrootcamp']) {
    cpSync(path.join(repositoryRoot, file), path.join(clone, file), { recursive: true });
  }
  writeFileSync(path.join(clone, 'bin/chrootcamp.ts'), 'console.log(JSON.stringify(process.argv.slice(2)))');
  writeFileSync(path.join(clone, 'package.json'), '{"name":"clone","type":"module"}');
  writeFileSync(path.join(clone, 'package-lock.json'), JSON.stringify(lock));
});
afterEach(() => rmSync(clone, { recursive: true }));

/** As npm leaves it when it has finished. */
function install(): void {
  mkdirSync(path.join(clone, 'node_modules/.bin'), { recursive: true });
  symlinkSync(nodePath, path.join(clone, 'node_modules/.bin/node'));
  writeFileSync(
    path.join(clone, 'node_modules/.package-lock.json'),
    JSON.stringify({ ...lock, packages: {} }),
  );
}

async function launch(
  options: { program?: string; path?: string } = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const { program = path.join(clone, 'bin/chrootcamp'), path: search = process.env.PATH! } = options;
  try {
    const env = { ...process.env, PATH: search };
    const output = await promisify(execFile)(program, ['one', 'two words'], { cwd: '/', env });
    return { status: 0, ...output };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

test('an installation in step is stamped once, and then used as it is', async () => {
  install();
  expect(await launch()).toMatchObject({ status: 0, stdout: '["one","two words"]\n', stderr: '' });
  const stamp = path.join(clone, 'node_modules/.chrootcamp-lock');
  expect(readFileSync(stamp, 'utf8')).toMatch(/^[0-9a-f]{64} {2}-\n$/);
  // Without npm and node on the way: nothing looks further than the stamp.
  const tools = path.join(clone, 'tools');
  mkdirSync(tools);
  for (const tool of ['readlink', 'sha256sum', 'sh']) symlinkSync(`/usr/bin/${tool}`, path.join(tools, tool));
  expect(await launch({ path: tools })).toMatchObject({ status: 0, stderr: '' });
});

test('works through a link, from any directory', async () => {
  install();
  const link = path.join(clone, 'link');
  symlinkSync(path.join(clone, 'bin/chrootcamp'), link);
  expect(await launch({ program: link })).toMatchObject({ status: 0, stdout: '["one","two words"]\n' });
});

test('without node it says what is needed', async () => {
  const tools = path.join(clone, 'tools');
  mkdirSync(tools);
  for (const tool of ['readlink', 'sha256sum']) symlinkSync(`/usr/bin/${tool}`, path.join(tools, tool));
  const { status, stderr } = await launch({ path: tools });
  expect(stderr).toContain('found no node; needed: Node.js 20 or newer with npm');
  expect(status).toBe(1);
});

test('an interrupt of the launcher alone ends npm, and says how to go on', async () => {
  const tools = path.join(clone, 'tools');
  mkdirSync(tools);
  // Takes its time, as npm does.
  writeFileSync(path.join(tools, 'npm'), '#!/bin/sh\necho installing >&2\nexec sleep 1000\n', {
    mode: 0o755,
  });
  const child = spawn(path.join(clone, 'bin/chrootcamp'), [], {
    env: { ...process.env, PATH: `${tools}:${process.env.PATH!}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (stderr.includes('installing\n')) child.kill('SIGINT');
  });
  const [status] = (await once(child, 'close')) as [number];
  expect(stderr).toContain('interrupted. Run the same command again to go on.');
  expect(status).toBe(130);
});

test('what npm did not finish is installed anew, and said', async () => {
  install();
  rmSync(path.join(clone, 'node_modules/.package-lock.json'));
  const { status, stderr } = await launch();
  expect(stderr).toContain('npm ci (an earlier installation did not finish)');
  // This clone's lock file names no package `node`, so that npm does not bring one.
  expect(stderr).toContain('still not in step');
  expect(status).toBe(1);
});
