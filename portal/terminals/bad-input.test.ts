import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { TerminalPage } from '../browser.fixture.ts';
import { MirrorFixture, MirrorPage, size } from './mirror.fixture.ts';
import { watchOver, withTerminal } from './terminal.fixture.ts';

/** With a page that goes on as before. */
async function learner() {
  const opened = await withTerminal();
  return { ...opened, unharmed: await watchOver(opened.browser, opened.id) };
}

const attach = { type: 'attach', cols: 80, rows: 24 };
const huge = 10 ** 400;
const numbers: unknown[] = [0, -1, 1, 501, 1e9, 1.5, huge, null, '80', true, [], {}];

const messages: [string, unknown][] = [
  ...numbers.flatMap((value): [string, unknown][] => [
    [`a resize to ${JSON.stringify(value)} columns`, { type: 'resize', cols: value, rows: 24 }],
    [`a resize to ${JSON.stringify(value)} rows`, { type: 'resize', cols: 80, rows: value }],
  ]),
  ...[-1, 0.5, null, '0', huge].map((value): [string, unknown] => [
    `an ack of ${JSON.stringify(value)}`,
    { type: 'ack', seq: value },
  ]),
  ['a ping without a time', { type: 'ping' }],
  ['a take that says more', { type: 'take', from: 'x' }],
  ['a clear that says more', { type: 'clear', rows: 3 }],
  ['a message of the portal', { type: 'hello', seq: 0, mode: 'fresh', cols: 80, rows: 24 }],
  ['a list', [attach]],
  ['a number', 7],
  ['a type that is an object', { type: {} }],
  ['a prototype', { type: 'resize', cols: 80, rows: 24, ['__proto__x']: 1 }],
];

test('whatever is no message closes that connection with 4400, and harms no other', async () => {
  const { browser, id, unharmed, lines, closedWith } = await learner();
  for (const [index, [name, message]] of messages.entries()) {
    const page = browser.terminal(id);
    await page.attach();
    page.socket.send(JSON.stringify(message));
    expect(await page.closed, name).toBe(4400);
    await closedWith(Array(index + 1).fill(4400));
    expect(lines('a terminal connection was closed for what it sent'), name).toHaveLength(index + 1);
    await unharmed();
  }
}, 60_000);

test.each<[string, object]>([
  ['a size of 0', { ...attach, cols: 0 }],
  ['a start before the beginning', { ...attach, resumeFrom: -1 }],
  ['a start that is no byte', { ...attach, resumeFrom: 0.5 }],
  ['a name that is too short', { ...attach, viewer: 'x' }],
  ['a name with a line break', { ...attach, viewer: 'eight888\n' }],
  ['a role there is not', { ...attach, as: 'owner' }],
])('an attach with %s is refused', async (_name, message) => {
  const { browser, id, unharmed, lines, closedWith } = await learner();
  const page = browser.terminal(id);
  await once(page.socket, 'open');
  page.socket.send(JSON.stringify(message));
  expect(await page.closed).toBe(4400);
  await closedWith([4400]);
  expect(lines('a terminal connection was closed for what it sent')).toHaveLength(1);
  await unharmed();
});

test('a start beyond the end gets the screen instead', async () => {
  const { browser, id } = await learner();
  const page = browser.terminal(id);
  expect((await page.attach({ cols: 80, rows: 24, resumeFrom: 2 ** 40 })).mode).not.toBe('resume');
});

/** A frame as no client of ours makes it. */
async function sendRaw(page: TerminalPage, frame: number[]): Promise<void> {
  await page.attach();
  (page.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from(frame));
}

test.each<[string, number[], number]>([
  // Masked with zeros: final text frame, two bytes that are no UTF-8.
  ['text that is no UTF-8', [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28], 1007],
  ['a frame that is not masked', [0x81, 0x02, 0x68, 0x69], 1002],
  ['a frame of a kind there is not', [0x83, 0x80, 0, 0, 0, 0], 1002],
  ['a frame with reserved bits', [0xf1, 0x80, 0, 0, 0, 0], 1002],
  ['the rest of a frame that never began', [0x80, 0x80, 0, 0, 0, 0], 1002],
  [
    'a frame that says it is endless',
    [0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0],
    1009,
  ],
])('%s closes that socket and no other', async (_name, frame, code) => {
  const { browser, id, unharmed, lines, closedWith } = await learner();
  const page = browser.terminal(id);
  await sendRaw(page, frame);
  expect(await page.closed).toBe(code);
  await closedWith([1006]);
  expect(lines('a terminal socket broke')).toHaveLength(1);
  await unharmed();
});

test('a socket that never speaks is closed, and does not hold its place', async () => {
  const { browser, id, unharmed, closedWith } = await learner();
  const page = browser.terminal(id);
  expect(await page.closed).toBe(4408);
  await closedWith([4408]);
  await unharmed();
}, 20_000);

test('connections that are cut in the middle of anything leave nothing behind', async () => {
  const { portal, browser, id, unharmed, closedWith } = await learner();
  for (const text of ['GET /api/ter', 'POST /api/terminals HTTP/1.1\r\nContent-Le', 'PUT /api/files?x']) {
    const socket = connect(portal.portal.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(text);
    socket.resetAndDestroy();
  }
  const page = browser.terminal(id);
  await sendRaw(page, [0x82, 0xfe, 0x40, 0x00, 0, 0, 0, 0, 1, 2, 3]);
  page.socket.terminate();
  await closedWith([1006]);
  await vi.waitFor(
    () => expect(portal.logged.filter(({ msg }) => msg.startsWith('a request broke off'))).toHaveLength(3),
    { timeout: 10_000 },
  );
  await unharmed();
  await vi.waitFor(
    async () => expect((await browser.get('/api/terminals')).json.terminals).toMatchObject([{ viewers: 1 }]),
    { timeout: 10_000 },
  );
});

const fixture = new MirrorFixture();
const sequence = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(
      fc.constantFrom('\x1b[', '\x1b]', '\x1bP', '\x1b_', '\x1b^', '\x1bX', '\x9b', '\xc2\x9b'),
      fc.string(),
    )
    .map(([opener, text]) => Buffer.from(opener + text, 'latin1')),
  fc
    .tuple(
      fc.constantFrom('?', '>', '', '!', '$'),
      fc.array(fc.nat(), { maxLength: 40 }),
      fc.integer({ min: 0x40, max: 0x7e }),
    )
    .map(([prefix, numbersIn, final]) =>
      Buffer.from(`\x1b[${prefix}${numbersIn.join(';')}${String.fromCharCode(final)}`),
    ),
  fc
    .constantFrom(
      '\x1b[999999999C',
      '\x1b[65535;65535H',
      '\x1b[8;1;1t',
      '\x1b[2147483648S',
      '\x1b#8',
      '\x1bc',
    )
    .map((text) => Buffer.from(text)),
);

test.each(['I', 'L', 'M', 'S', 'T', 'Z', 'b'])('CSI 2147483647 %s holds nobody', async (final) => {
  const terminal = fixture.sandbox.openTerminal(size);
  const { mirror } = fixture.mirrorOf(terminal);
  const page = new MirrorPage(mirror);
  await page.attach();
  terminal.print(`x\x1b[2147483647${final}\x1b[H\x1b[Jafter`);
  await page.upTo(terminal.log.length);
  expect((await mirror.snapshot())?.bytes.toString()).toContain('after');
  mirror.end(1000);
});

test('no escape sequence ends a mirror, or gets into another', async () => {
  const quiet = fixture.sandbox.openTerminal(size);
  quiet.print('as it was');
  const other = fixture.mirrorOf(quiet);
  const beside = new MirrorPage(other.mirror);
  await beside.attach();
  await fc.assert(
    fc.asyncProperty(fc.array(sequence, { minLength: 1, maxLength: 60 }), async (parts) => {
      const terminal = fixture.sandbox.openTerminal(size);
      const { mirror, ended } = fixture.mirrorOf(terminal);
      const page = new MirrorPage(mirror);
      await page.attach();
      const bytes = Buffer.concat(parts);
      terminal.print(bytes);
      await page.upTo(bytes.length);
      // A page that comes later can be shown it, too.
      const later = new MirrorPage(mirror);
      await later.attach();
      expect(ended).not.toHaveBeenCalled();
      expect(terminal.input).toEqual([]);
      mirror.end(1000);
    }),
    { numRuns: 60, endOnFailure: true },
  );
  expect(beside.reader.lines[0]).toBe('as it was');
  other.mirror.end(1000);
}, 60_000);
