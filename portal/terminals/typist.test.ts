import headless from '@xterm/headless';
import type { Terminal } from '@xterm/headless';
import { expect, test } from 'vitest';
import { PromptWatch } from './prompt.ts';
import { Typist } from './typist.ts';

const ownPrompt = '\x1b]133;A\x07root@camp:~# \x1b]133;B\x07\x1b[?2004h';
const running = '\x1b[?2004l\r\n\x1b]133;C\x07';

async function shell(printed = '') {
  const terminal = new headless.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  const prompt = new PromptWatch(terminal, () => {});
  let typed = '';
  const typist = new Typist({ prompt: () => prompt, write: (bytes) => (typed += bytes.toString()) });
  const print = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  await print(printed);
  return { terminal: terminal as Terminal, prompt, typist, print, typed: () => typed };
}

test.each([
  ['our own prompt', ownPrompt, true],
  ['our own prompt, half a command typed', `${ownPrompt}docker ru`, true],
  ['our own prompt, an unfinished command', `${ownPrompt}echo "a\r\n> `, false],
  ['a command that runs', `${ownPrompt}sleep 9${running}`, false],
  ['a command that prints something like a prompt and more', `${ownPrompt}x${running}costs 5$ and`, false],
  ['a container with ash', `${ownPrompt}docker run -it alpine${running}/ # `, true],
  ['a container with bash', `${ownPrompt}docker run -it debian${running}\x1b[?2004hroot@1f2e:/# `, true],
  ['Python', `${ownPrompt}python3${running}\x1b[?2004h>>> `, false],
  ['PostgreSQL', `${ownPrompt}psql${running}\x1b[?2004hpostgres=# `, false],
  ['an editor', `${ownPrompt}vim${running}\x1b[?1049h\x1b[?2004h# `, false],
  ['nothing yet', '', false],
])('%s: at a prompt %s', async (_name, printed, expected) => {
  const { prompt } = await shell(printed);
  expect(prompt.isAtPrompt).toBe(expected);
});

test('elsewhere nothing is typed', async () => {
  const { typist, typed } = await shell(`${ownPrompt}sleep 9${running}`);
  expect(() => typist.run('ls')).toThrow(expect.objectContaining({ code: 'NOT_AT_PROMPT' }));
  expect(typed()).toBe('');
});

test('lines are typed one by one, each at the prompt after the one before', async () => {
  const { typist, print, typed } = await shell(ownPrompt);
  expect(typist.run('mkdir a\n\tcd a')).toBe(2);
  expect(typed()).toBe('\x05\x15\x1b[200~mkdir a\x1b[201~\r');
  expect(() => typist.run('ls')).toThrow(expect.objectContaining({ code: 'RUN_BUSY' }));
  await print(running);
  await print(ownPrompt);
  expect(typed()).toBe('\x05\x15\x1b[200~mkdir a\x1b[201~\r\x1b[200~\tcd a\x1b[201~\r');
  expect(typist.run('ls')).toBe(1);
});

test('a key of the learner stops it, an answer of the emulator does not', async () => {
  const { typist, print, typed } = await shell(ownPrompt);
  typist.run('one\ntwo\nthree');
  for (const answer of ['\x1b[?1;2c', '\x1b[3;4R', '\x1b]11;rgb:00/00/00\x1b\\', '\x1b[I'])
    typist.onInput(Buffer.from(answer));
  await print(ownPrompt);
  expect(typed()).toContain('two');
  typist.onInput(Buffer.from('\x03'));
  await print(ownPrompt);
  expect(typed()).not.toContain('three');
  expect(typist.run('ls')).toBe(1);
});

test('where nothing reads pastes all is typed at once', async () => {
  const { typist, typed } = await shell('/ # ');
  typist.run('cd /\nls');
  expect(typed()).toBe('\x15cd /\rls\r');
});

test('nothing in the course ends the paste it is typed as', async () => {
  const { typist, typed } = await shell(ownPrompt);
  typist.run('echo \x1b[201~\rrm -rf /');
  expect(typed()).toBe('\x05\x15\x1b[200~echo [201~rm -rf /\x1b[201~\r');
});
