import { expect, test, vi } from 'vitest';
import { streamLimits } from '../../protocol/stream.ts';
import { terminalLimits } from '../../protocol/terminal.ts';
import { attach, bytes, connect, connected, gone } from './stream.fixture.ts';
import { watchOver } from './terminal.fixture.ts';

test('the protocol works over events and batches', async () => {
  const { made, post, until, get, terminal } = await connected();
  expect(made.json.connection).toMatch(/^[\w-]{22}$/);
  expect((await post(1, [attach, bytes('typed')])).status).toBe(204);
  const text = await until((all) => all.includes(Buffer.from('typed').toString('base64')));
  expect(text).toMatch(/^of: 0\nid: 1\nevent: text\ndata: \{"type":"hello"/);
  expect(text).toContain('"role":"writer"');
  expect(Buffer.concat(terminal.input).toString()).toBe('typed');
  const last = Number(/id: (\d+)\n[^]*$/.exec(text.slice(text.lastIndexOf('id: ')))?.[1]);
  terminal.print('more');
  expect((await get(last)).text).toBe(
    `of: 0\nid: ${last + 1}\nevent: bytes\ndata: ${Buffer.from('more').toString('base64')}\n\n`,
  );
});

test('an answer that was lost is asked for again, one that arrived is not kept', async () => {
  const { post, until, get, terminal } = await connected();
  await post(1, [attach]);
  const first = await until((all) => all.includes('role'));
  expect((await get(0)).text).toBe(first);
  await post(2, [], 2);
  expect((await get(0)).text).toBe(gone);
  terminal.print('more');
  expect((await get(2)).text).toMatch(/^of: 0\nid: 3\nevent: bytes/);
});

test('a batch that comes again is obeyed once, one too early ends the connection', async () => {
  const { post, terminal, until, get } = await connected();
  await post(1, [attach]);
  expect((await post(2, [bytes('once')])).status).toBe(204);
  expect((await post(2, [bytes('once')])).status).toBe(204);
  await expect.poll(() => Buffer.concat(terminal.input).toString()).toBe('once');
  const early = await post(4, [bytes('never')]);
  expect(early.json.error.code).toBe('BAD_REQUEST');
  expect(await until((all) => all.includes('close'))).toMatch(/event: close\ndata: 4400\n\n$/);
  expect((await get(99)).text).toBe(gone);
});

test.each<[string, object]>([
  ['no number', { received: 0, frames: [] }],
  ['a number of 0', { seq: 0, received: 0, frames: [] }],
  ['a fraction', { seq: 1.5, received: 0, frames: [] }],
  ['a negative count', { seq: 1, received: -1, frames: [] }],
  ['what is no base64', { seq: 1, received: 0, frames: [{ bytes: '***' }] }],
  ['text and bytes in one', { seq: 1, received: 0, frames: [{ bytes: '', text: '' }] }],
  ['a long message', { seq: 1, received: 0, frames: [{ text: 'x'.repeat(5_000) }] }],
  ['more than it takes', { seq: 1, received: 0, frames: [{ bytes: 'A'.repeat(70_000) }] }],
  [
    'far more frames than it takes',
    { seq: 1, received: 0, frames: Array.from({ length: 300 }, () => attach) },
  ],
])('a batch with %s is refused', async (_name, batch) => {
  const { browser, path, id, refusals } = await connected();
  const unharmed = await watchOver(browser, id);
  expect((await browser.post(path, batch)).json.error.code).toBe('BAD_REQUEST');
  expect(refusals()).toEqual(['BAD_REQUEST']);
  await unharmed();
});

test.each<[string, string, RequestInit, string]>([
  ['far too large', 'x'.repeat(200_000), {}, 'BODY_TOO_LARGE'],
  ['that is no JSON', '{"seq":', {}, 'BAD_REQUEST'],
  ['of another kind', '<seq/>', { headers: { 'content-type': 'text/xml' } }, 'UNSUPPORTED_MEDIA_TYPE'],
])('a batch %s is refused', async (_name, body, init, code) => {
  const { browser, path, id, refusals } = await connected();
  const unharmed = await watchOver(browser, id);
  const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string>) };
  expect((await browser.request('POST', path, { body, headers })).json.error.code).toBe(code);
  expect(refusals()).toHaveLength(1);
  await unharmed();
});

test.each<[string, object[]]>([
  ['what is no message', [attach, { text: '{"type":' }]],
  ['bytes before attach', [bytes('x')]],
  ['a second attach', [attach, attach]],
  ['a size of 0', [attach, { text: '{"type":"resize","cols":0,"rows":24}' }]],
  ['a size that is no number', [attach, { text: '{"type":"resize","cols":null,"rows":24}' }]],
])('%s closes that connection and no other', async (_name, frames) => {
  const { portal, browser, id, post, until } = await connected();
  const unharmed = await watchOver(browser, id);
  await post(1, frames);
  expect(await until((all) => all.includes('close'))).toContain('data: 4400');
  const said = portal.logged.filter(({ terminalId }) => terminalId === id).map(({ msg }) => msg);
  expect(said).toContain('a terminal connection was closed for what it sent');
  expect(said).toContain('a terminal connection closed');
  await unharmed();
});

test("a ticket is good for its learner and its terminal, and void after the connection's end", async () => {
  const { portal, browser, id, path, place, post, refusals } = await connected();
  const unharmed = await watchOver(browser, id);
  const other = await portal.visit();
  await other.post('/api/sandbox');
  const theirs = (await other.post('/api/terminals', { cols: 80, rows: 24 })).json.id;
  const ticket = path.split('/').at(-1);
  const second = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json.id;
  for (const [who, at] of [
    [other, path],
    [other, `/api/terminals/${theirs}/connections/${ticket}`],
    [browser, `/api/terminals/${second}/connections/${ticket}`],
    [browser, `/api/terminals/${id}/connections/${'A'.repeat(22)}`],
  ] as const) {
    expect((await who.post(at, { seq: 1, received: 0, frames: [] })).json.error.code).toBe('CONNECTION_GONE');
    expect((await who.request('DELETE', at)).json.error.code).toBe('CONNECTION_GONE');
  }
  expect((await other.get(`/api/connections?${place(0)}&wait=poll`)).text).toBe(gone);
  expect((await post(1, [attach])).status).toBe(204);
  expect((await browser.request('DELETE', path)).status).toBe(204);
  expect((await post(2, [])).json.error.code).toBe('CONNECTION_GONE');
  expect(refusals()).toEqual(Array(9).fill('CONNECTION_GONE'));
  await unharmed();
});

test('it is made only by a page of ours', async () => {
  const { browser, id, refusals } = await connected();
  for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answer = await browser.post(`/api/terminals/${id}/connections`, undefined, { headers });
    expect(answer.json.error.code).toBe('FORBIDDEN_ORIGIN');
  }
  expect(refusals()).toEqual(['FORBIDDEN_ORIGIN', 'FORBIDDEN_ORIGIN']);
  browser.cookie = '';
  expect((await browser.post(`/api/terminals/${id}/connections`)).json.error.code).toBe('UNAUTHENTICATED');
});

test('sockets and connections count together; one that nobody reads from gives way', async () => {
  const { browser, id } = await connected();
  const sockets = Array.from({ length: terminalLimits.socketsPerLearner - 1 }, () => browser.terminal(id));
  for (const socket of sockets) await socket.attach();
  // The one of `connected` is a ghost, and goes.
  const fresh = await connect(browser, id);
  expect(fresh.made.status).toBe(201);
  const reading = fresh.get(0);
  await vi.waitFor(
    async () => {
      const refused = await browser.post(`/api/terminals/${id}/connections`);
      expect(refused.json.error.code).toBe('TOO_MANY');
    },
    { timeout: 10_000 },
  );
  await fresh.post(1, [attach]);
  expect((await reading).text).toContain('hello');
});

test('a ticket that is not used is void after a while', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { StreamChannel } = await import('./stream-channel.ts');
    const gone = vi.fn();
    const channel = new StreamChannel({ onGone: gone });
    vi.advanceTimersByTime(streamLimits.pickUpMs);
    expect(channel.closedWith).toBe(4408);
    vi.advanceTimersByTime(streamLimits.pickUpMs);
    expect(gone).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

test('one that falls silent is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { StreamChannel } = await import('./stream-channel.ts');
    const channel = new StreamChannel({ onGone: () => {} });
    await channel.receive({ seq: 1, received: 0, frames: [] });
    vi.advanceTimersByTime(streamLimits.silenceMs - 1);
    expect(channel.isOpen).toBe(true);
    await channel.receive({ seq: 2, received: 0, frames: [] });
    vi.advanceTimersByTime(streamLimits.silenceMs);
    expect(channel.closedWith).toBe(4408);
  } finally {
    vi.useRealTimers();
  }
});

test('while the machine takes no more, the answer to a batch waits', async () => {
  const { StreamChannel } = await import('./stream-channel.ts');
  const channel = new StreamChannel({ onGone: () => {} });
  const seen: string[] = [];
  channel.onMessage = (data) => {
    seen.push(data.toString());
    channel.pause();
  };
  let answered = false;
  const batch = channel
    .receive({ seq: 1, received: 0, frames: [{ text: 'a' }, { text: 'b' }] })
    .then(() => (answered = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect([seen, answered]).toEqual([['a'], false]);
  channel.resume();
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(['a', 'b']);
  channel.resume();
  await batch;
  channel.drop();
});
