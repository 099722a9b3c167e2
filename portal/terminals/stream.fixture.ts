/** For tests: connections to terminals without a socket. */
import { expect, vi } from 'vitest';
import type { Browser } from '../browser.fixture.ts';
import { withTerminal } from './terminal.fixture.ts';

export const attach = { text: '{"type":"attach","cols":80,"rows":24}' };
export const gone = 'of: 0\nid: 0\nevent: gone\ndata: CONNECTION_GONE\n\n';
export const bytes = (text: string) => ({ bytes: Buffer.from(text).toString('base64') });

export async function connected() {
  const opened = await withTerminal();
  /** Of what was refused, by code, oldest first. */
  const refusals = () =>
    opened.portal.logged
      .filter(({ msg }) => msg === 'a terminal connection was refused')
      .map((line) => line['code']);
  return { ...opened, refusals, ...(await connect(opened.browser, opened.id)) };
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
