import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { PortalFixture } from '../portal/portal.fixture.ts';
import { diagnose } from '../site/src/browser/network/diagnosis.ts';
import { examine } from '../site/src/browser/network/examine.ts';
import type { Findings } from '../site/src/browser/network/findings.ts';
import { ContraryProxy, type Contrariness } from './network/contrary-proxy.ts';
import { makePageFetch, realClock } from './network/page-terminal.ts';

/** What a page finds out behind such a proxy, until `enough`. */
async function behind(
  contrariness: Contrariness,
  enough: (findings: Findings) => boolean,
): Promise<string[]> {
  const proxy = await new ContraryProxy(contrariness).start();
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const portal = await PortalFixture.start({ overrides: { publicOrigins: [proxy.origin] } });
  proxy.targetPort = portal.portal.port;
  const { cookie } = await portal.visit();
  const at = () => proxy.origin;
  const done = new AbortController();
  const findings = await examine({
    ports: {
      clock: realClock,
      fetch: makePageFetch({ at, origin: at, cookie }),
      openSocket: (path, subprotocol) =>
        new WebSocket(`${at().replace('http', 'ws')}${path}`, subprotocol, {
          origin: at(),
          headers: { cookie },
        }) as unknown as globalThis.WebSocket,
    },
    signal: done.signal,
    onFindings: (found) => {
      if (enough(found)) done.abort();
    },
  });
  return diagnose(findings).map(({ id, sentence }) => `${id}: ${sentence}`);
}

const isOpen = ({ socket, stream }: Findings): boolean => socket.held.openMs > 0 || stream.held.openMs > 0;

test.each<[string, Contrariness, (findings: Findings) => boolean, string[]]>([
  ['passes all', {}, isOpen, ['verdict: Works over a WebSocket', 'stream: They arrive as']],
  [
    'answers 400 to Upgrade',
    { upgrade: 'refuse' },
    isOpen,
    ['verdict: Works, over a stream', 'socket: Something between you and the course refuses'],
  ],
  [
    'swallows an Upgrade',
    { upgrade: 'swallow' },
    isOpen,
    ['verdict: Works, over a stream', 'socket: They open, but nothing gets through'],
  ],
  [
    'gathers answers',
    { upgrade: 'refuse', gathers: true },
    () => false,
    ['verdict: Works, over many short requests', 'stream: They are gathered'],
  ],
  [
    'cuts after 5 seconds',
    { cutAfterMs: 5_000 },
    () => false,
    ['verdict: Works, over a stream', 'long: They are cut after 5 s'],
  ],
])(
  'behind a proxy that %s the doctor says so',
  async (_name, contrariness, enough, expected) => {
    const lines = await behind(contrariness, enough);
    for (const sentence of expected) {
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${sentence}`)));
    }
  },
  60_000,
);

test('without a way to the course that is all it says', async () => {
  const lines = await behind({ refuses: true }, () => false);
  expect(lines[0]).toMatch(/cannot be reached/);
}, 60_000);
