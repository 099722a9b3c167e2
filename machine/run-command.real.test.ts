import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from './run-command.ts';

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'run-command-'))));
afterEach(() => rm(directory, { recursive: true }));

/** Mounts, leaves a child in the background, says that it did, and stays. */
const clinging = (marker: string) =>
  `mount -t tmpfs none ${directory}; sleep ${marker} & echo ready >&2; wait`;

async function processesNamed(marker: string): Promise<number> {
  const found = spawn('pgrep', ['--full', '--count', `^sleep ${marker}$`]);
  let count = '';
  found.stdout.on('data', (chunk: Buffer) => (count += chunk.toString()));
  await once(found, 'close');
  return Number(count);
}

test('answers what the command printed', async () => {
  expect(await runCommand({ argv: ['echo', 'a b'] })).toBe('a b\n');
});

test('a failure tells the status and what the command said', async () => {
  const failing = runCommand({ argv: ['sh', '-c', 'echo no such luck >&2; exit 3'] });
  await expect(failing).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: 'sh ended with status 3, expected status 0. It said last:\nno such luck',
  });
});

test('a program that does not exist is named', async () => {
  await expect(runCommand({ argv: ['no-such-program'] })).rejects.toThrow(
    /no-such-program ended with status 127/,
  );
});

test('after an abort neither children nor mounts are left', async () => {
  const stop = new AbortController();
  const running = runCommand({
    argv: ['sh', '-c', clinging('86501')],
    signal: stop.signal,
    onErrorLine: () => stop.abort(new Error('enough')),
  });
  await expect(running).rejects.toThrow('enough');
  expect(await processesNamed('86501')).toBe(0);
  expect(await readFile('/proc/mounts', 'utf8')).not.toContain(directory);
});

test('when the process that runs it is killed, its children end', async () => {
  const program = `
    import { runCommand } from ${JSON.stringify(join(import.meta.dirname, 'run-command.ts'))};
    const argv = ['sh', '-c', 'sleep 86502 & echo started >&2; wait'];
    await runCommand({ argv, onErrorLine: (line) => console.log(line) });`;
  const runner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(runner.stdout, 'data');
  expect(await processesNamed('86502')).toBe(1);
  runner.kill('SIGKILL');
  await expect.poll(() => processesNamed('86502')).toBe(0);
});
