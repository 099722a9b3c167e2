import headless from '@xterm/headless';
import type { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { CommandLog } from './command-log.ts';

function makeLog() {
  const terminal = new headless.Terminal({ cols: 40, rows: 10, allowProposedApi: true });
  const log = new CommandLog(terminal as unknown as Terminal);
  const print = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  const facts = () => log.commands.value.map((one) => [one.text, one.exitCode, log.outputOf(one)]);
  return { terminal, log, print, facts };
}

const prompt = '\u001b]7;file://camp/tmp%20x\u0007\u001b]133;A\u0007$ \u001b]133;B\u0007';
const run = (typed: string, output: string, code: number) =>
  `${typed}\r\n\u001b]133;C\u0007${output}\u001b]133;D;${code}\u0007`;

test('commands, their outputs and how they ended', async () => {
  const { log, print, facts } = makeLog();
  await print(prompt);
  expect(log.atPrompt.value).toBe(true);
  const long = 'w'.repeat(60);
  await print(run('ls', `a\r\nb\r\n`, 0) + prompt + run(`echo ${long}`, `${long}\r\n`, 0));
  await print(prompt + run('false', '', 1) + prompt);
  expect(facts()).toEqual([
    ['ls', 0, 'a\nb'],
    [`echo ${long}`, 0, long],
    ['false', 1, ''],
  ]);
  expect(log.ended.value?.text).toBe('false');
  expect(log.directory.value).toBe('/tmp x');
});

test('while it runs there is no prompt; an empty line and a prompt drawn anew are no commands', async () => {
  const { log, print, facts } = makeLog();
  await print(`${prompt}\r\n${prompt}${prompt}sleep 9\r\n\u001b]133;C\u0007half`);
  expect(facts()).toEqual([['sleep 9', null, 'half']]);
  expect(log.atPrompt.value).toBe(false);
});

test('a shell within a shell ends with the outer one’s mark', async () => {
  const { print, facts } = makeLog();
  await print(`${prompt}bash\r\n\u001b]133;C\u0007${prompt}${run('true', '', 0)}${prompt}`);
  await print(`exit\r\n\u001b]133;C\u0007\u001b]133;D;3\u0007${prompt}`);
  expect(facts().map(([text, code]) => [text, code])).toEqual([
    ['bash', 3],
    ['true', 0],
    ['exit', 3],
  ]);
});

test('what the portal tells of the rows below a full-screen program stands there when that is over', async () => {
  const { log, print, facts } = makeLog();
  await print('$ ls\r\na\r\n$ less x\r\n\u001b[?1049h~~~~');
  const marks = (
    [
      ['A', 0, 0],
      ['B', 0, 2],
      ['C', 1, 0],
      ['D;0', 2, 0],
      ['A', 2, 0],
      ['B', 2, 2],
      ['C', 3, 0],
    ] as const
  ).map(([payload, row, column], atMs) => ({ payload, row, column, atMs }));
  log.replay({ marks, directory: 'file://camp/srv' });
  expect(facts()).toEqual([]);
  expect(log.directory.value).toBe('/srv');
  await print(`\u001b[?1049l\u001b]133;D;0\u0007${prompt}`);
  expect(facts()).toEqual([
    ['ls', 0, 'a'],
    ['less x', 0, ''],
  ]);
  expect(log.atPrompt.value).toBe(true);
});

test('what ran when the shell ended does not run any more', async () => {
  const { log, print } = makeLog();
  await print(`${prompt}exit 3\r\n\u001b]133;C\u0007logout\r\n`);
  expect(log.commands.value[0]?.endedAtMs).toBeNull();
  log.shellEnded();
  expect(log.commands.value[0]?.endedAtMs).not.toBeNull();
  expect(log.atPrompt.value).toBe(false);
});

test('what the portal tells after a snapshot is as if it had been seen', async () => {
  const seen = makeLog();
  const marks: { row: number; column: number; payload: string; atMs: number }[] = [];
  seen.terminal.parser.registerOscHandler(133, (payload) => {
    const { baseY, cursorY, cursorX } = seen.terminal.buffer.active;
    marks.push({ row: baseY + cursorY, column: cursorX, payload, atMs: 1_000 * marks.length });
    return false;
  });
  await seen.print(prompt + run('ls', 'a\r\nb\r\n', 0) + prompt + run('false', '', 1) + prompt);
  const later = makeLog();
  await later.print('$ ls\r\na\r\nb\r\n$ false\r\n$ ');
  let ended = 0;
  later.log.ended.watch((command) => command && (ended += 1));
  later.log.replay({ marks, directory: 'file://camp/root' });
  expect(later.facts()).toEqual(seen.facts());
  expect(later.log.commands.value[0]).toMatchObject({ startedAtMs: 2_000, endedAtMs: 3_000 });
  expect([later.log.atPrompt.value, later.log.directory.value, ended]).toEqual([true, '/root', 0]);
});

test('nonsense in the marks does no harm', async () => {
  const { log, print, facts } = makeLog();
  await print(
    '\u001b]133;D;x\u0007\u001b]133;\u0007\u001b]133;C\u0007\u001b]7;%ff\u0007\u001b]7;file://h/%zz\u0007',
  );
  log.replay({ marks: [{ row: 1e9, column: -1, payload: 'A', atMs: Number.NaN }], directory: '' });
  expect(facts()).toEqual([]);
  expect(log.directory.value).toBeNull();
});
