/** What a program does to terminals: those of others stay theirs. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReadTerminal } from '../read-terminal.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A terminal of a new sandbox, with a prompt. */
async function openTerminal() {
  const { id } = await server.client.create({});
  const terminal = await ReadTerminal.open(server.client, id);
  const sees = (pattern: RegExp | string) =>
    expect.poll(() => terminal.text, { timeout: 30_000 }).toMatch(pattern);
  await sees('#');
  return { id, terminal, sees };
}

// By TIOCSTI (0x5412), with which su and sudo were escaped from.
const typeForOthers = `use Fcntl; for my $path ("/dev/tty", "/dev/console", "/dev/ptmx", glob("/dev/pts/*"), glob("/proc/[0-9]*/fd/[0-2]")) {
  sysopen(my $terminal, $path, O_RDWR | O_NOCTTY | O_NONBLOCK) or next;
  for my $letter (split //, "echo typed-\\\\by-camp\\n") { ioctl($terminal, 0x5412, $letter) or last } } print "tried\\n"`;

test('T1 what a program types for others reaches no terminal of a neighbour', async () => {
  const [attacker, neighbour] = [await openTerminal(), await openTerminal()];
  await server.run(attacker.id, `cat >/tmp/type.pl <<'END'\n${typeForOthers}\nEND`);
  attacker.terminal.type('perl /tmp/type.pl\r');
  await attacker.sees(/^tried/m);
  // Where the kernel lets anybody type, the program did, at its own terminal.
  const setting = '/proc/sys/dev/tty/legacy_tiocsti';
  if (!existsSync(setting) || readFileSync(setting, 'latin1') === '1\n') await attacker.sees('typed-by-camp');
  neighbour.terminal.type("echo still mi''ne\r");
  await neighbour.sees('still mine');
  expect(neighbour.terminal.text).not.toContain('by-camp');
});

test('T3 a storm of sizes harms neither that terminal nor another, and the last size holds', async () => {
  const [stormy, calm] = [await openTerminal(), await openTerminal()];
  // The smallest and the largest that the protocol takes are among them.
  for (let turn = 0; turn < 3_000; turn += 1)
    stormy.terminal.resize(2 + ((turn * 37) % 499), 2 + ((turn * 11) % 499));
  stormy.terminal.resize(100, 30);
  calm.terminal.type('echo cal""m\r');
  await calm.sees('calm');
  // A size reaches the inner terminal by a signal, not in step with what is typed.
  await expect
    .poll(
      async () => {
        stormy.terminal.text = '';
        stormy.terminal.type('stty size\r');
        await stormy.sees(/\d+ \d+/);
        return stormy.terminal.text;
      },
      { timeout: 30_000 },
    )
    .toContain('30 100');
});
