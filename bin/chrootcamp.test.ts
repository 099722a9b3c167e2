/** The command as it is typed: its exit statuses and what it says of what it does not understand. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { nodePath } from '../host/repository.ts';

const program = path.join(import.meta.dirname, 'chrootcamp.ts');

async function chrootcamp(
  ...arguments_: string[]
): Promise<{ status: number; stdout: string; stderr: string }> {
  try {
    const output = await promisify(execFile)(nodePath, ['--no-warnings', program, ...arguments_]);
    return { status: 0, ...output };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

test('--version', async () => {
  expect((await chrootcamp('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('without a command it lists them', async () => {
  const { status, stdout } = await chrootcamp();
  expect(status).toBe(0);
  expect(stdout).toContain('sandbox run');
});

test.each([
  [['strat'], 'did you mean start? Read: '],
  [['sandbox', 'rum'], 'did you mean sandbox run?'],
  [['sandbox', 'frob'], 'there is no sandbox frob; expected one of: sandbox run, '],
  [['machine'], 'expected one of: machine build, machine list, machine prune'],
  [['status', '--jsn'], 'did you mean --json?'],
  [['start', '--port', 'http'], 'expected a whole number from 1 to 65535'],
])('%j is a usage error', async (argv, message) => {
  const { status, stderr } = await chrootcamp(...argv);
  expect(stderr).toContain(message);
  expect(stderr).toContain('(USAGE)');
  expect(status).toBe(2);
});

test('status of a course that does not run', async () => {
  const dataDir = path.join(import.meta.dirname, 'no-such-directory');
  const { status, stdout } = await chrootcamp('status', '--json', '--data', dataDir);
  expect(JSON.parse(stdout)).toEqual({ running: false, dataDir });
  expect(status).toBe(3);
});
