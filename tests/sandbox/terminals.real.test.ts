import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TerminalAttachment } from '../../sandbox-client/terminal-attachment.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

let server: RunningSandboxServer;
let id: string;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
  id = await server.sandbox();
});
afterAll(() => server[Symbol.asyncDispose]());

class Screen {
  text = '';
  seq = 0;
  acknowledging = true;
  exit: { code: number | null } | null = null;
  closed: number | null = null;
  readonly attachment: TerminalAttachment;
  readonly attached: Promise<void>;

  constructor(terminalId: string, from = 0) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.attached = promise;
    this.attachment = server.client.attachTerminal(
      id,
      terminalId,
      { from },
      {
        onHello: (hello) => {
          this.seq = hello.seq;
          resolve();
        },
        onOutput: (bytes) => {
          this.text += bytes.toString('latin1');
          this.seq += bytes.length;
          if (this.acknowledging) this.attachment.acknowledge(this.seq);
        },
        onExit: (exit) => (this.exit = exit),
        onClose: ({ code }) => (this.closed = code),
      },
    );
  }

  async see(pattern: RegExp | string): Promise<void> {
    await expect.poll(() => this.text).toMatch(pattern);
  }
}

async function open(): Promise<{ screen: Screen; terminalId: string }> {
  const { id: terminalId } = await server.client.openTerminal(id, { cols: 80, rows: 24 });
  const screen = new Screen(terminalId);
  await screen.attached;
  return { screen, terminalId };
}

test('a real shell on a real PTY: echo, size, exit status', async () => {
  const { screen, terminalId } = await open();
  screen.attachment.write(Buffer.from('tty; stty size; echo a-$((40+2))\r'));
  await screen.see(/\/dev\/pts\/\d[^]*24 80[^]*a-42/);
  screen.attachment.resize(100, 30);
  // The new size reaches the inner PTY by way of a signal to the runtime, not in step with the bytes.
  await expect
    .poll(
      () => {
        screen.attachment.write(Buffer.from('stty size\r'));
        return screen.text;
      },
      { interval: 100 },
    )
    .toContain('30 100');
  screen.attachment.write(Buffer.from('exit 7\r'));
  await expect.poll(() => screen.exit).toEqual({ type: 'exit', code: 7, signal: null });
  await server.client.closeTerminal(id, terminalId);
});

test('reattaching continues at the byte asked for', async () => {
  const { screen, terminalId } = await open();
  screen.attachment.write(Buffer.from('for i in 1 2 3 4 5; do echo line-$i; done; echo do""ne\r'));
  // Not the `done` of the command's own echo.
  await screen.see(/line-5\r\ndone/);
  const cut = screen.text.indexOf('line-3');
  const second = new Screen(terminalId, cut);
  await second.see('done');
  expect(second.text).toBe(screen.text.slice(cut));
  await expect.poll(() => screen.closed).toBe(4409);
  await server.client.closeTerminal(id, terminalId);
  await expect.poll(() => second.closed).toBe(4404);
});

test('a reader that does not acknowledge holds the flood, Ctrl-C still works, and others are not slowed', async () => {
  const { screen, terminalId } = await open();
  await screen.see('#');
  screen.acknowledging = false;
  screen.attachment.write(Buffer.from('yes\r'));
  await expect.poll(() => screen.text.length).toBeGreaterThan(256 * 1024);
  const other = await open();
  other.screen.attachment.write(Buffer.from('echo fr""ee\r'));
  await other.screen.see('free');
  const held = screen.text.length;
  screen.attachment.write(Buffer.from('\x03'));
  screen.acknowledging = true;
  screen.attachment.acknowledge(screen.seq);
  screen.attachment.write(Buffer.from('echo ca""lm\r'));
  await screen.see('calm');
  // Held at the high-water mark and what was under way, not at what `yes` makes in that time.
  expect(held).toBeLessThan(3 * 1024 * 1024);
  await server.client.closeTerminal(id, terminalId);
  await server.client.closeTerminal(id, other.terminalId);
});

test('a large paste arrives whole', async () => {
  const { screen, terminalId } = await open();
  await screen.see('#');
  const lines = Array.from({ length: 2000 }, (_, index) => `line ${index} ${'x'.repeat(40)}`).join('\n');
  screen.attachment.write(Buffer.from("cat > /root/pasted <<'END'\r"));
  for (let at = 0; at < lines.length; at += 16_384)
    screen.attachment.write(Buffer.from(lines.slice(at, at + 16_384).replaceAll('\n', '\r')));
  screen.attachment.write(Buffer.from('\rEND\rmd5sum /root/pasted; echo en""d\r'));
  await screen.see(/[0-9a-f]{32} {2}\/root\/pasted[^]*end/);
  const { output } = await server.run(id, 'cat /root/pasted');
  expect(output.trimEnd()).toBe(lines);
  await server.client.closeTerminal(id, terminalId);
});

test('closing hangs up what runs in it', async () => {
  const { screen, terminalId } = await open();
  screen.attachment.write(Buffer.from('sleep 4242\r'));
  await expect.poll(async () => (await server.run(id, 'pgrep -fc "^sleep 4242"')).output).toBe('1\n');
  await server.client.closeTerminal(id, terminalId);
  await expect.poll(async () => (await server.run(id, 'pgrep -fc "^sleep 4242"')).output).toBe('0\n');
});

test('no more terminals than allowed', async () => {
  const opened = await Promise.all(
    Array.from({ length: 5 }, () => server.client.openTerminal(id, { cols: 80, rows: 24 })),
  );
  await expect(server.client.openTerminal(id, { cols: 80, rows: 24 })).rejects.toMatchObject({
    code: 'TOO_MANY',
  });
  for (const { id: terminalId } of opened) await server.client.closeTerminal(id, terminalId);
});
