import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const integration = join(import.meta.dirname, 'files/etc/chrootcamp/shell-integration.bash');

/** What an interactive bash with our integration writes on standard error, where prompts go, for the lines typed. */
async function marks(lines: string[]): Promise<string[]> {
  const bash = spawn('bash', ['--noprofile', '--norc', '-i'], {
    env: { ...process.env, HISTFILE: '/dev/null', PS1: '$ ' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let written = '';
  bash.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
  bash.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
  bash.stdin.end([`HOSTNAME=camp; cd /; exec 2>&1; . ${integration}`, ...lines, ''].join('\n'));
  await once(bash, 'close');
  // oxlint-disable-next-line no-control-regex
  return [...written.matchAll(/\x1b\](133;[^\x07]*|7;[^\x07]*)\x07/g)].map((match) => match[1] ?? '');
}

test('marks prompt, output and exit status', async () => {
  const prompt = ['7;file://camp/', '133;A', '133;B'];
  expect(await marks(['false', 'true'])).toEqual([
    ...prompt,
    '133;C',
    '133;D;1',
    ...prompt,
    '133;C',
    '133;D;0',
    ...prompt,
  ]);
});

test('an empty line is no command', async () => {
  expect((await marks([''])).filter((mark) => mark.startsWith('133;D'))).toEqual([]);
});

test('the status of the last command survives', async () => {
  expect(await marks(['(exit 7)', 'exit $?'])).toContain('133;D;7');
});

test('the directory is encoded byte by byte', async () => {
  const told = await marks(['mkdir -p "/tmp/camp ä;" && cd "/tmp/camp ä;"', 'cd / && rmdir "/tmp/camp ä;"']);
  expect(told).toContain('7;file://camp/tmp/camp%20%C3%A4%3B');
});
