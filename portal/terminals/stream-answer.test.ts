import { expect, onTestFinished, test, vi } from 'vitest';
import { attach, connect, connected, gone } from './stream.fixture.ts';
import { watchOver } from './terminal.fixture.ts';

test('one answer carries the events of several connections, each from its own place', async () => {
  const { browser, id, post, place, terminal, until } = await connected();
  const second = await connect(browser, id);
  await post(1, [attach]);
  await until((all) => all.includes('role'));
  await second.post(1, [attach]);
  await second.until((all) => all.includes('role'));
  const get = (query: string) => browser.get(`/api/connections?${query}&wait=poll`);
  const both = (await get(`${place(1)}&${second.place(0)}`)).text;
  expect(both).toMatch(/^of: 0\nid: 2\n/);
  expect(both).toMatch(/^of: 1\nid: 1\nevent: text\ndata: \{"type":"hello"/m);
  terminal.print('to both');
  const sent = `data: ${Buffer.from('to both').toString('base64')}`;
  await until((all) => all.includes(sent), 1);
  await second.until((all) => all.includes(sent), 1);
  // One that is over does not end the other's.
  await browser.request('DELETE', second.path);
  const mixed = (await get(`${second.place(0)}&${place(1)}`)).text;
  expect(mixed).toContain(gone);
  expect(mixed).toMatch(/^of: 1\nid: 2\n/m);
});

test('an answer that stays open begins at once, and goes on while one of its connections lives', async () => {
  const { portal, browser, id, post, place, terminal } = await connected();
  const second = await connect(browser, id);
  await post(1, [attach]);
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const answer = await fetch(
    `http://127.0.0.1:${portal.portal.port}/api/connections?${place(0)}&${second.place(0)}&wait=stream`,
    { headers: { cookie: browser.cookie }, signal: abort.signal },
  );
  let seen = '';
  const read = (async () => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) seen += chunk;
  })();
  await vi.waitFor(() => expect(seen).toContain('hello'), { timeout: 10_000 });
  await browser.request('DELETE', second.path);
  terminal.print('still');
  await vi.waitFor(() => expect(seen).toContain(Buffer.from('still').toString('base64')), {
    timeout: 10_000,
  });
  await post(2, [{ text: 'no message' }]);
  await read;
  expect(seen).toContain('event: close\ndata: 4400');
});

test.each([
  'wait=poll',
  'of=x.0&wait=poll',
  `of=${'A'.repeat(22)}&wait=poll`,
  `of=${'A'.repeat(22)}.-1&wait=poll`,
  `of=${'A'.repeat(22)}.9999999999999999&wait=poll`,
  `of=${'A'.repeat(22)}.0&wait=glance`,
  `${`of=${'A'.repeat(22)}.0&`.repeat(17)}wait=poll`,
  `of=${'A'.repeat(22)}.0&wait=poll&more=1`,
])('a request for events with %s is refused', async (query) => {
  const { browser, id, refusals } = await connected();
  const unharmed = await watchOver(browser, id);
  expect((await browser.get(`/api/connections?${query}`)).json.error.code).toBe('BAD_REQUEST');
  expect(refusals()).toEqual(['BAD_REQUEST']);
  await unharmed();
});
