/** For tests: a portal, a learner with one terminal, and what is said of it. */
import { expect } from 'vitest';
import type { Browser } from '../browser.fixture.ts';
import { PortalFixture } from '../portal.fixture.ts';

export async function withTerminal() {
  const portal = await PortalFixture.start();
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  const id: string = (await browser.post('/api/terminals', { cols: 80, rows: 24 })).json.id;
  const terminal = portal.server.sandbox.terminals.get(id);
  if (!terminal) throw new Error('no terminal was opened');
  /** Lines of the log on one terminal that begin with these words. */
  const lines = (words: string, of = id) =>
    portal.logged.filter(({ terminalId, msg }) => terminalId === of && msg.startsWith(words));
  /** Its sockets were closed with these codes, each with a line that says so. */
  const closedWith = async (codes: number[], of = id): Promise<void> => {
    await expect.poll(() => lines('a terminal socket closed', of).map((line) => line['code'])).toEqual(codes);
  };
  return { portal, browser, id, terminal, lines, closedWith };
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
