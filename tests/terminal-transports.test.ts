import { expect, onTestFinished, test, vi } from 'vitest';
import { PortalFixture } from '../portal/portal.fixture.ts';
import { ContraryProxy, type Contrariness } from './network/contrary-proxy.ts';
import { PageTerminal } from './network/page-terminal.ts';

/** A terminal of a learner, and pages on it behind a proxy that spoils something. */
async function behind(contrariness: Contrariness) {
  const proxy = await new ContraryProxy(contrariness).start();
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const portal = await PortalFixture.start({
    overrides: { publicOrigins: [proxy.origin, 'http://127.0.0.1'] },
  });
  proxy.targetPort = portal.portal.port;
  const { cookie, id, terminal } = await openTerminal(portal, proxy.origin);
  const open = () => {
    const page = new PageTerminal({
      at: () => proxy.origin,
      origin: () => proxy.origin,
      cookie,
      terminalId: id,
    });
    onTestFinished(() => page[Symbol.dispose]());
    return page;
  };
  return { proxy, portal, terminal, open };
}

async function openTerminal(portal: PortalFixture, origin: string) {
  const browser = await portal.visit();
  const init = { headers: { origin, 'content-type': 'application/json' } };
  await browser.post('/api/sandbox', undefined, { headers: { origin } });
  const body = JSON.stringify({ cols: 80, rows: 24 });
  const { id } = (await browser.request('POST', '/api/terminals', { ...init, body })).json;
  const terminal = portal.server.sandbox.terminals.get(id);
  if (!terminal) throw new Error('no terminal was opened');
  return { cookie: browser.cookie, id: id as string, terminal };
}

const live = { timeout: 30_000, interval: 20 };

test.each<[string, Contrariness, string]>([
  ['that passes everything', {}, 'websocket'],
  ['that answers 400 to Upgrade', { upgrade: 'refuse' }, 'stream'],
  ['that accepts an Upgrade and swallows it', { upgrade: 'swallow' }, 'stream'],
  ['that gathers answers and refuses Upgrade', { upgrade: 'refuse', gathers: true }, 'poll'],
])(
  'behind a proxy %s the terminal works, by its own choice',
  async (_name, contrariness, transport) => {
    const { terminal, open } = await behind(contrariness);
    const page = open();
    await vi.waitFor(() => expect(page.connection.status.kind).toBe('live'), live);
    page.connection.type('typed');
    await vi.waitFor(() => expect(page.lines[0]).toBe('typed'), live);
    terminal.print('\r\nprinted');
    await vi.waitFor(() => expect(page.lines[1]).toBe('printed'), live);
    expect(page.choice.current).toBe(transport);
  },
  60_000,
);

test('behind a proxy that cuts every connection nothing is lost or doubled, and it settles on what survives', async () => {
  const { terminal, open } = await behind({ cutAfterMs: 300 });
  const page = open();
  await vi.waitFor(() => expect(page.connection.status.kind).toBe('live'), live);
  for (let line = 1; page.choice.current === 'websocket' || line <= 20; line += 1) {
    terminal.print(`line ${line}\r\n`);
    const wanted = `line ${line}`;
    await vi.waitFor(() => expect(page.lines.filter((text) => text === wanted)).toHaveLength(1), live);
  }
  expect(page.choice.current).toBe('stream');
  await vi.waitFor(() => expect(page.connection.status.kind).toBe('live'), live);
  // From here on the connection itself is never lost: requests are made again.
  const statuses = vi.fn();
  for (let line = 100; line < 110; line += 1) {
    page.connection.type(`${line}\r\n`);
    await vi.waitFor(() => expect(page.lines.filter((text) => text === `${line}`)).toHaveLength(1), live);
    statuses(page.connection.status.kind);
  }
  expect(statuses.mock.calls.flat()).toEqual(Array.from({ length: 10 }, () => 'live'));
}, 90_000);

test('a portal that starts anew is no reason to change the transport', async () => {
  const { proxy, portal, terminal, open } = await behind({});
  const page = open();
  await vi.waitFor(() => expect(page.connection.status.kind).toBe('live'), live);
  await portal.restart();
  proxy.targetPort = portal.portal.port;
  await vi.waitFor(() => {
    terminal.print('.');
    expect(page.lines[0]).toMatch(/^\.+$/);
  }, live);
  expect(page.choice.current).toBe('websocket');
}, 60_000);
