import { join } from 'node:path';
import { spawn } from 'node-pty';
import { expect, onTestFinished, test } from 'vitest';
import { Typist } from './typist.ts';

const integration = join(
  import.meta.dirname,
  '../../machine/tree/files/etc/chrootcamp/shell-integration.bash',
);
const { signal } = new AbortController();

/** A real bash with the machine's own marks, at a real terminal. */
async function typistAtBash(): Promise<Typist> {
  const pty = spawn('bash', ['--noprofile', '--norc', '-i'], {
    cols: 100,
    rows: 30,
    cwd: '/',
    env: { ...process.env, HISTFILE: '/dev/null', PS1: '$ ', HOSTNAME: 'camp' },
  });
  onTestFinished(() => pty.kill('SIGKILL'));
  const typist = new Typist((text) => pty.write(text));
  pty.onData((text) => typist.hear(text));
  pty.write(`. ${integration}\r`);
  expect(await typist.firstPrompt({ timeoutMs: 10_000, signal })).toBe(true);
  return typist;
}

async function ends(typist: Typist, text: string, keys: string[] = []): Promise<number | null> {
  return (await typist.run({ text, keys, timeoutMs: 10_000, signal })).exitCode;
}

test('the exit codes of commands, one after another', async () => {
  const typist = await typistAtBash();
  expect(await ends(typist, 'true')).toBe(0);
  expect(await ends(typist, '(exit 7)')).toBe(7);
  expect(await ends(typist, 'test $? = 7')).toBe(0);
  const { exitCode, output } = await typist.run({
    text: 'cat <<END\none\ntwo\nEND',
    timeoutMs: 10_000,
    signal,
  });
  expect([exitCode, output.includes('one\ntwo')]).toEqual([0, true]);
});

test('a command that is silent for long is waited for', async () => {
  const typist = await typistAtBash();
  expect(await ends(typist, 'sleep 1.2; (exit 3)')).toBe(3);
  expect(await ends(typist, 'test $? = 3')).toBe(0);
});

test('a shell in a shell that marks nothing', async () => {
  const typist = await typistAtBash();
  expect(await ends(typist, 'env -u PROMPT_COMMAND dash -i')).toBe(0);
  expect(await ends(typist, '(exit 5)')).toBe(5);
  expect(await ends(typist, 'test $? = 5')).toBe(0);
  expect(await ends(typist, 'exit 4')).toBe(4);
  expect(await ends(typist, 'test -n "$BASH"')).toBe(0);
});

test('keys are pressed once the program has spoken', async () => {
  const typist = await typistAtBash();
  expect(await ends(typist, 'echo working; sleep 100', ['ctrl-c'])).toBe(130);
});

test('what never ends has no exit code', async () => {
  const typist = await typistAtBash();
  const { exitCode, output } = await typist.run({ text: 'echo stuck; sleep 100', timeoutMs: 1_500, signal });
  expect([exitCode, output.includes('stuck')]).toEqual([null, true]);
});
