import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { commandLineOf, endProcess, identifyProcess, isAlive } from './process-identity.ts';

test('a process is told from another one with its pid', () => {
  const me = identifyProcess(process.pid)!;
  expect(isAlive(me)).toBe(true);
  expect(isAlive({ ...me, startTicks: me.startTicks - 1 })).toBe(false);
});

test('a command line, and none', () => {
  expect(commandLineOf(process.pid)).toContain('node');
  expect(identifyProcess(2 ** 22 + 1)).toBeNull();
  expect(commandLineOf(2 ** 22 + 1)).toBe('');
});

test('one that ignores SIGTERM is killed after its grace', async () => {
  const child = spawn('sh', ['-c', 'trap "" TERM; echo; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const exited = once(child, 'exit');
  await endProcess(identifyProcess(child.pid!)!, 50);
  expect((await exited)[1]).toBe('SIGKILL');
});
