import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { terminalLimits } from '../../protocol/terminal.ts';
import type { Browser, TerminalPage } from '../browser.fixture.ts';
import { watchOver, withTerminal } from './terminal.fixture.ts';

async function attached(browser: Browser, id: string): Promise<TerminalPage> {
  const page = browser.terminal(id);
  await page.attach();
  return page;
}

test('what is typed arrives, what is printed comes back, byte for byte', async () => {
  const { browser, id, terminal } = await withTerminal();
  const page = await attached(browser, id);
  const typed = Buffer.from([...Array(256).keys()]);
  page.socket.send(typed, { binary: true });
  await page.until(() => page.bytes.length === 256);
  expect(page.bytes).toEqual(typed);
  expect(Buffer.concat(terminal.input)).toEqual(typed);
});

test('what is typed right after attach is not lost', async () => {
  const { browser, id, terminal } = await withTerminal();
  const page = browser.terminal(id);
  await once(page.socket, 'open');
  page.tell({ type: 'attach', cols: 80, rows: 24 });
  page.type('early');
  page.tell({ type: 'ping', t: 1 });
  expect(await page.message('pong')).toEqual({ type: 'pong', t: 1 });
  await expect.poll(() => Buffer.concat(terminal.input).toString()).toBe('early');
});

test.each([
  ['no Origin', { origin: null }, 403],
  ['a foreign Origin', { origin: 'http://evil.example' }, 403],
  ['another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['another subprotocol', { subprotocol: 'chrootcamp.terminal.v2' }, 400],
])('%s is no WebSocket at all', async (_name, options, status) => {
  const { portal, browser, id } = await withTerminal();
  const unharmed = await watchOver(browser, id);
  const page = browser.terminal(id, options);
  await page.closed;
  expect(page.refusedWith).toBe(status);
  expect(portal.logged.map(({ msg }) => msg)).toContain('an upgrade was refused');
  await unharmed();
});

test('an upgrade anywhere else is refused', async () => {
  const { portal } = await withTerminal();
  for (const path of ['/api/terminals/../me', '//x/api/terminals/abcdefghijkl', '/api/terminals/ABC', '/']) {
    const socket = connect(portal.portal.port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer), path).toMatch(/^HTTP\/1.1 404 .*NOT_FOUND/s);
    socket.destroy();
  }
  const refused = portal.logged.filter(({ msg }) => msg === 'an upgrade was refused');
  expect(refused.map((line) => line['code'])).toEqual(Array(4).fill('NOT_FOUND'));
});

test('a reset in the middle of the handshake ends nothing', async () => {
  const { portal, browser, id } = await withTerminal();
  for (let turn = 0; turn < 5; turn += 1) {
    const socket = connect(portal.portal.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `GET /api/terminals/${id} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    socket.resetAndDestroy();
  }
  await attached(browser, id);
});

test('a stranger is told so by close code', async () => {
  const { browser, id, closedWith } = await withTerminal();
  const unharmed = await watchOver(browser, id);
  expect(await browser.terminal(id, { cookie: '' }).closed).toBe(4401);
  expect(await browser.terminal(id, { cookie: `${browser.cookie}x` }).closed).toBe(4401);
  await closedWith([4401, 4401]);
  await unharmed();
});

test("another learner's terminal is as gone as one that never was", async () => {
  const { portal, id, terminal, closedWith } = await withTerminal();
  const other = await portal.visit();
  await other.post('/api/sandbox');
  const own = (await other.post('/api/terminals', { cols: 80, rows: 24 })).json;
  for (const one of [id, 'aaaaaaaaaaaa']) {
    const page = other.terminal(one);
    await once(page.socket, 'open');
    page.tell({ type: 'attach', cols: 80, rows: 24 });
    expect(await page.closed).toBe(4404);
    expect((await other.request('DELETE', `/api/terminals/${one}`)).json.error.code).toBe('TERMINAL_GONE');
    await closedWith([4404], one);
  }
  expect((await other.get('/api/terminals')).json).toEqual({ terminals: [own] });
  expect(terminal.isAttached).toBe(false);
});

const attach = '{"type":"attach","cols":80,"rows":24}';

test.each<[string, (string | Buffer)[], number]>([
  ['text that is not JSON', [attach, '{"type":'], 4400],
  ['an unknown type', [attach, '{"type":"exec","argv":["sh"]}'], 4400],
  ['an unknown field', [attach, '{"type":"ping","t":1,"x":1}'], 4400],
  ['a null', [attach, 'null'], 4400],
  ['a size of 0', [attach, '{"type":"resize","cols":0,"rows":24}'], 4400],
  ['an endless size', [attach, '{"type":"resize","cols":1e9,"rows":24}'], 4400],
  ['a fraction of a byte', [attach, '{"type":"ack","seq":0.5}'], 4400],
  ['a second attach', [attach, attach], 4400],
  ['an ack before attach', ['{"type":"ack","seq":0}'], 4400],
  ['bytes before attach', [Buffer.from('ls\n')], 4400],
  ['a frame too large', [attach, Buffer.alloc(terminalLimits.maxFrameBytes + 1)], 4400],
  ['a frame far too large', [attach, Buffer.alloc(1024 * 1024)], 1009],
])('%s closes that socket and no other', async (_name, frames, code) => {
  const { browser, id, closedWith } = await withTerminal();
  const unharmed = await watchOver(browser, id);
  const page = browser.terminal(id);
  await once(page.socket, 'open');
  for (const frame of frames) page.socket.send(frame, { binary: typeof frame !== 'string' });
  expect(await page.closed).toBe(code);
  // Of a frame that is not even read, only the close of our own side is known.
  await closedWith([code === 1009 ? 1006 : code]);
  await unharmed();
});

test('no more sockets than a learner may have', async () => {
  const { browser, id, closedWith } = await withTerminal();
  const pages = Array.from({ length: terminalLimits.socketsPerLearner }, () => browser.terminal(id));
  for (const page of pages) await page.attach();
  expect(await browser.terminal(id).closed).toBe(4429);
  await closedWith([4429]);
  pages[0]?.socket.close();
  await pages[0]?.closed;
  await attached(browser, id);
});

test('no more terminals than a sandbox may have', async () => {
  const { browser, portal } = await withTerminal();
  const size = { cols: 80, rows: 24 };
  for (let count = 1; count < portal.server.sandbox.limits.terminals; count += 1) {
    expect((await browser.post('/api/terminals', size)).status).toBe(201);
  }
  expect((await browser.post('/api/terminals', size)).json.error.code).toBe('TOO_MANY');
  const [first] = (await browser.get('/api/terminals')).json.terminals;
  expect((await browser.request('DELETE', `/api/terminals/${first.id}`)).status).toBe(204);
  expect((await browser.post('/api/terminals', size)).status).toBe(201);
  expect(portal.server.sandbox.terminals.size).toBe(portal.server.sandbox.limits.terminals);
});

test('a closed terminal closes its sockets', async () => {
  const { browser, id } = await withTerminal();
  const page = await attached(browser, id);
  await browser.request('DELETE', `/api/terminals/${id}`);
  expect(await page.closed).toBe(4404);
});

test('a browser that reads nothing does not hold what another types', async () => {
  const { browser, id, terminal } = await withTerminal();
  const page = await attached(browser, id);
  page.socket.pause();
  terminal.print(Buffer.alloc(1_000_000, 'y\r\n'));
  await expect.poll(() => terminal.isPaused).toBe(true);
  page.type('\x03');
  await expect.poll(() => terminal.input).toEqual([Buffer.from('\x03')]);
});

test('a portal that stops says come back; terminals and pages go on where they were', async () => {
  const { portal, browser, id, terminal } = await withTerminal();
  const page = await attached(browser, id);
  page.type('before ');
  await page.until(() => page.bytes.toString() === 'before ');
  await portal.restart();
  expect(await page.closed).toBe(1012);
  terminal.print('meanwhile ');

  const again = browser.terminal(id);
  expect(await again.attach({ cols: 80, rows: 24, resumeFrom: 7 })).toMatchObject({ seq: 7, mode: 'resume' });
  again.type('after');
  await again.until(() => again.bytes.toString() === 'meanwhile after');

  const reloaded = await attached(browser, id);
  expect(reloaded.received[0]).toMatchObject({ type: 'hello', seq: 22, mode: 'snapshot' });
  await reloaded.until(() => reloaded.bytes.includes('before meanwhile after'));
});

test('without a sandbox-server a socket is closed with come back later', async () => {
  const { portal, browser, id } = await withTerminal();
  await portal.server.stop();
  const page = browser.terminal(id);
  await once(page.socket, 'open');
  page.tell({ type: 'attach', cols: 80, rows: 24 });
  expect(await page.closed).toBe(4503);
  await portal.server.start();
});
