/** For tests: connections to terminals without a socket. */
import { expect, vi } from 'vitest';
import type { Browser } from '../browser.fixture.ts';
import { PortalFixture } from '../portal.fixture.ts';

export const attach = { text: '{"type":"attach","cols":80,"rows":24}' };
export const gone = 'of: 0\nid: 0\nevent: gone\ndata: CONNECTION_GONE\n\n';
export const bytes = (text: string) => ({ bytes: Buffer.from(text).toString('base64') });

export async function connected() {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  const { id } = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json;
  const terminal = portal.server.sandbox.terminals.get(id);
  if (!terminal) throw new Error('no terminal was opened');
  /** Of what was refused, by code, oldest first. */
  const refusals = () =>
    portal.logged
      .filter(({ msg }) => msg === 'a terminal connection was refused')
      .map((line) => line['code']);
  return { portal, browser, terminal, id, refusals, ...(await connect(browser, id)) };
}

/** Watches a terminal; what it returns resolves when that one goes on as before. */
export async function watchOver(browser: Browser, id: string): Promise<() => Promise<void>> {
  const bystander = browser.terminal(id);
  await bystander.attach();
  let turn = 0;
  return async () => {
    turn += 1;
    bystander.type(`still here ${turn}`);
    await bystander.until(() => bystander.bytes.includes(`still here ${turn}`));
  };
}

export async function connect(browser: Browser, id: string) {
  const made = await browser.post(`/api/terminals/${id}/connections`);
  const path = `/api/terminals/${id}/connections/${made.json.connection}`;
  const post = (seq: number, frames: object[], received = 0) => browser.post(path, { seq, received, frames });
  const place = (after: number): string => `of=${made.json.connection}.${after}`;
  const get = (after: number) => browser.get(`/api/connections?${place(after)}&wait=poll`);
  /** Asks until it holds; every event by number. */
  const until = async (holds: (text: string) => boolean, after = 0): Promise<string> => {
    let text = '';
    await vi.waitFor(
      async () => {
        text = (await get(after)).text;
        expect(holds(text)).toBe(true);
      },
      { timeout: 10_000 },
    );
    return text;
  };
  return { made, path, place, post, get, until };
}
