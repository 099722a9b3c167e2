/** A command in a machine of its own, with nothing else running. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultRuntimeRoot } from '../../host/layout.ts';
import { makeDataDir, run, type } from '../typed.fixture.ts';

let data: ReturnType<typeof makeDataDir>;
beforeAll(() => (data = makeDataDir()));
afterAll(() => data[Symbol.dispose]());

const sandboxRun = (...arguments_: string[]) => run('sandbox', 'run', '--data', data.dataDir, ...arguments_);

function expectNothingLeft(): void {
  const folder = path.join(data.dataDir, 'private');
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  const claims = existsSync(defaultRuntimeRoot) ? readdirSync(defaultRuntimeRoot) : [];
  const ours = claims
    .map((name) => path.join(defaultRuntimeRoot, name, 'claim.json'))
    .filter((file) => existsSync(file) && readFileSync(file, 'utf8').includes(data.dataDir));
  expect(ours).toEqual([]);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(data.dataDir);
}

test('pulls through the registry, prints, and leaves nothing', async () => {
  const { status, stdout } = await sandboxRun('--', 'docker', 'run', '--rm', 'busybox', 'echo', 'hi');
  expect(stdout).toBe('hi\n');
  expect(status).toBe(0);
  expectNothingLeft();
});

test('gives the command’s own exit status, and keeps its streams apart', async () => {
  const outcome = await sandboxRun('--', 'sh', '-c', 'echo out; echo err >&2; exit 7');
  expect(outcome).toEqual({ status: 7, stdout: 'out\n', stderr: 'err\n' });
});

test('a signal is 128 and its number; a timeout is 124', async () => {
  expect((await sandboxRun('--', 'sh', '-c', 'kill -KILL $$')).status).toBe(137);
  expect((await sandboxRun('--timeout', '1', '--', 'sleep', '100')).status).toBe(124);
  expectNothingLeft();
});

test('standard input where asked for', async () => {
  const typed = type(['sandbox', 'run', '--data', data.dataDir, '--stdin', '--', 'wc', '-c'], {
    input: 'twelve bytes',
  });
  expect((await typed.ended).stdout.trim()).toBe('12');
});

test('Ctrl-C destroys the machine', async () => {
  const typed = type(['sandbox', 'run', '--data', data.dataDir, '--', 'sh', '-c', 'echo begun; sleep 1000']);
  await typed.said('begun');
  typed.child.kill('SIGINT');
  expect((await typed.ended).status).toBe(130);
  expectNothingLeft();
});

test('what a killed one left is cleared away by the next', async () => {
  const typed = type(['sandbox', 'run', '--data', data.dataDir, '--', 'sh', '-c', 'echo begun; sleep 1000']);
  await typed.said('begun');
  typed.child.kill('SIGKILL');
  await typed.ended;
  expect((await sandboxRun('--', 'true')).status).toBe(0);
  expectNothingLeft();
});

test('without a network nothing can be pulled', async () => {
  const { status, stderr } = await sandboxRun('--network', 'none', '--', 'docker', 'run', 'busybox', 'true');
  expect(stderr).toContain('Unable to find image');
  expect(status).not.toBe(0);
});
