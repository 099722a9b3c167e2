import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';

test('resolves with standard output', async () => {
  expect(await runCommand('sh', ['-c', 'echo one; echo two >&2'])).toBe('one\n');
});

test('gives every line of both streams as it comes', async () => {
  const lines: string[] = [];
  await runCommand('sh', ['-c', 'echo one; printf two'], { onLine: (line) => lines.push(line) });
  expect(lines).toEqual(['one', 'two']);
});

test('a failure quotes the last words', async () => {
  const failing = runCommand('sh', ['-c', 'echo the disk is full >&2; exit 3']);
  await expect(failing).rejects.toThrow('sh exited with 3: the disk is full');
});

test('a program that does not exist rejects with ENOENT', async () => {
  await expect(runCommand('/nonexistent/program', [])).rejects.toThrow('ENOENT');
});

test('aborting ends the children of the command as well', async () => {
  const controller = new AbortController();
  const running = runCommand('sh', ['-c', 'sleep 1000 & echo $!; wait'], {
    signal: controller.signal,
    onLine: () => controller.abort(new Error('enough')),
  });
  // It resolves only when the pipes close, which the grandchild holds open.
  await expect(running).rejects.toThrow('enough');
});
