import { expect, test } from 'vitest';
import { diagnose, reportOf } from './diagnosis.ts';
import { notHeld, type Findings } from './findings.ts';

const held = (openMs: number, cut = false) => ({ openMs, cut });
const good: Findings = {
  requestMs: 12,
  socket: { opened: true, echoed: true, echoMs: 9, held: held(66_000) },
  stream: { arrived: 'as-sent', held: notHeld },
};
const socket = (change: Partial<Findings['socket']>): Findings => ({
  ...good,
  socket: { ...good.socket, ...change },
});

test.each<[string, Findings, RegExp[], RegExp | null]>([
  [
    'a good network',
    good,
    [/WebSocket, the fastest/, /12 ms.*immediate/, /back in 9 ms/, /as they are sent/, /66 s/],
    null,
  ],
  ['none', { ...good, requestMs: null }, [/cannot be reached/, /No answer/], /get no answer/],
  ['a slow one', { ...good, requestMs: 450 }, [/fastest/, /450 ms.*clear delay/], null],
  [
    'a refused upgrade',
    socket({ opened: false, echoed: false, held: notHeld }),
    [/stream of plain requests/, /immediate/, /refuses to open/],
    /headers Upgrade and Connection/,
  ],
  [
    'a swallowed upgrade',
    socket({ echoed: false, held: notHeld }),
    [/stream of plain requests/, /immediate/, /nothing gets through/],
    /buffers or drops/,
  ],
  [
    'a refused upgrade and gathered streams',
    {
      ...socket({ opened: false, echoed: false, held: notHeld }),
      stream: { arrived: 'gathered', held: notHeld },
    },
    [/many short requests/, /immediate/, /refuses/, /gathered on the way/],
    /proxy_buffering off/,
  ],
  [
    'connections that are cut',
    socket({ held: held(5_200, true) }),
    [
      /stream of plain requests/,
      /immediate/,
      /pass messages/,
      /as they are sent/,
      /cut after 5 s.*by itself/,
    ],
    /cut after 5 s. Please allow/,
  ],
])('%s is said in words', (_name, findings, sentences, forAdmin) => {
  const lines = diagnose(findings);
  for (const [index, pattern] of sentences.entries()) expect(lines[index]?.sentence).toMatch(pattern);
  const asks = lines.flatMap((line) => line.forAdmin ?? []).join('\n');
  if (forAdmin) expect(asks).toMatch(forAdmin);
  else expect(asks).toBe('');
});

test('what is slow or held back is not called blocked', () => {
  const slow = diagnose({ ...good, requestMs: 450, stream: { arrived: 'gathered', held: notHeld } });
  expect(slow.map(({ word }) => word)).toEqual(['Good', 'Slow', 'Good', 'Held back', 'Good']);
});

test('the report is one text, with what to ask for at its end', () => {
  const text = reportOf(diagnose(socket({ opened: false, echoed: false, held: notHeld })), {
    origin: 'http://camp.example',
    browser: 'Firefox 150',
  });
  expect(text).toMatch(/^Network check for http:\/\/camp\.example\n- Your terminal: fair\. Works/);
  expect(text).toContain('- WebSockets: blocked.');
  expect(text).toMatch(/For whoever runs the network:\n\* WebSocket handshakes/);
  expect(text).toMatch(/Browser: Firefox 150$/);
});
