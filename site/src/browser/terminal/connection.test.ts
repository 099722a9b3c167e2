import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TerminalConnection } from './connection.ts';
import type { Probe } from './connection-ports.ts';
import { FakePortal, ManualClock, PlainScreen } from './fake-portal.ts';

function start(probe: Probe = async () => 'there') {
  const portal = new FakePortal();
  const clock = new ManualClock();
  const screen = new PlainScreen();
  const notices: string[] = [];
  const connection = new TerminalConnection({
    dial: portal.dial,
    screen,
    clock,
    random: () => 0.5,
    probe,
    onStatus: () => {},
    onNotice: ({ text }) => notices.push(text),
  });
  connection.connect();
  const greet = (mode: 'fresh' | 'resume' | 'snapshot', seq = 0): void => {
    portal.socket.events.opened();
    portal.socket.say({ type: 'hello', mode, seq, cols: 80, rows: 24 });
  };
  return { portal, clock, screen, connection, notices, greet };
}

test('attach comes first, with the size of the screen', () => {
  const { portal, connection, greet } = start();
  expect(portal.socket.messages).toEqual([]);
  greet('fresh');
  expect(portal.socket.messages[0]).toEqual({ type: 'attach', cols: 80, rows: 24 });
  expect(connection.status.kind).toBe('live');
});

test('what was typed is sent as bytes, in frames the portal takes', () => {
  const { portal, connection, greet } = start();
  greet('fresh');
  const paste = 'é'.repeat(40_000);
  expect(connection.type(paste)).toBe(true);
  expect(portal.socket.typed).toBe(paste);
  expect(Math.max(...portal.socket.frames.map((frame) => frame.byteLength))).toBeLessThanOrEqual(64 * 1024);
});

test('what is typed while it connects is sent when it has, and dropped when it could not', () => {
  const { portal, connection, greet } = start();
  expect(connection.type('l')).toBe(true);
  connection.type('s');
  expect(portal.socket.typed).toBe('');
  greet('fresh');
  expect(portal.socket.typed).toBe('ls');

  const failed = start();
  failed.connection.type('rm');
  failed.portal.socket.cut();
  failed.clock.advance(0);
  failed.greet('fresh');
  expect(failed.portal.socket.typed).toBe('');
});

test('acknowledges what was parsed, 100 ms later or at 32 KiB', () => {
  const { portal, clock, screen, greet } = start();
  greet('fresh');
  portal.socket.output('hello');
  clock.advance(200);
  expect(portal.socket.last('ack')).toBeUndefined();
  screen.parse();
  expect(portal.socket.last('ack')).toBeUndefined();
  clock.advance(100);
  expect(portal.socket.last('ack')).toEqual({ type: 'ack', seq: 5 });
  portal.socket.output('x'.repeat(32 * 1024));
  screen.parse();
  expect(portal.socket.last('ack')).toEqual({ type: 'ack', seq: 5 + 32 * 1024 });
});

test('a cut connection resumes at once where it was, without a reset', () => {
  const { portal, clock, screen, connection, greet } = start();
  greet('fresh');
  portal.socket.output('before ');
  portal.socket.cut();
  expect(connection.status.kind).toBe('waiting');
  clock.advance(0);
  expect(portal.sockets).toHaveLength(2);
  greet('resume', 7);
  expect(portal.socket.messages[0]).toEqual({ type: 'attach', cols: 80, rows: 24, resumeFrom: 7 });
  portal.socket.output('after');
  screen.parse();
  expect(screen.text).toBe('before after');
});

test('a resume at another place than asked for is refused, and the whole screen asked for', () => {
  const { portal, clock, greet } = start();
  greet('fresh');
  portal.socket.output('1234');
  portal.socket.cut();
  clock.advance(0);
  greet('resume', 2);
  clock.advance(1_000);
  portal.socket.events.opened();
  expect(portal.socket.messages[0]).toEqual({ type: 'attach', cols: 80, rows: 24 });
});

test('a snapshot replaces the screen, counts nothing, and answers to its queries are not typed', () => {
  const { portal, clock, screen, connection, greet } = start();
  greet('snapshot', 1_000);
  portal.socket.output('a screen that asks ESC[6n');
  expect(connection.type('\u001b[1;1R')).toBe(false);
  screen.parse();
  expect(connection.type('ls')).toBe(true);
  portal.socket.output('12345');
  screen.parse();
  clock.advance(100);
  expect(portal.socket.last('ack')).toEqual({ type: 'ack', seq: 1_005 });
  expect(portal.socket.typed).toBe('ls');
});

test('where the portal cannot resume, a snapshot takes the place of what was on the screen', () => {
  const { portal, clock, screen, greet } = start();
  greet('fresh');
  portal.socket.output('old and ');
  portal.socket.cut();
  clock.advance(0);
  greet('snapshot', 90_000);
  portal.socket.output('the whole screen');
  screen.parse();
  expect(screen.text).toBe('the whole screen');
});

test('it keeps trying for ever, ever more slowly, and a key tries at once', () => {
  const { portal, clock, connection } = start();
  const waitsMs: number[] = [];
  for (let round = 0; round < 30; round++) {
    portal.socket.cut();
    if (connection.status.kind !== 'waiting') throw new Error(`gave up: ${connection.status.kind}`);
    waitsMs.push(connection.status.retryAtMs - clock.nowMs());
    clock.advance(waitsMs.at(-1) ?? 0);
  }
  expect(portal.sockets).toHaveLength(31);
  expect(waitsMs).toEqual(waitsMs.toSorted((a, b) => a - b));
  portal.socket.cut();
  expect(connection.type('a')).toBe(false);
  expect(portal.sockets).toHaveLength(32);
});

test('while the page is hidden it does not try; when it is seen again it does', () => {
  const { portal, clock, connection } = start();
  connection.setVisible(false);
  portal.socket.cut();
  clock.advance(60_000);
  expect(connection.status.kind).toBe('paused');
  expect(portal.sockets).toHaveLength(1);
  connection.setVisible(true);
  expect(portal.sockets).toHaveLength(2);
});

test('two pings without an answer end a connection that looks open', () => {
  const { portal, clock, connection, greet } = start();
  greet('fresh');
  clock.advance(1_000);
  const ping = portal.socket.last('ping');
  clock.advance(12);
  portal.socket.say({ type: 'pong', t: ping?.t ?? -1 });
  expect(connection.status).toEqual({ kind: 'live', latencyMs: 12 });
  clock.advance(45_000);
  expect(portal.sockets[0]?.open).toBe(false);
  expect(portal.sockets.length).toBeGreaterThan(1);
});

test('an ended shell stays ended; a terminal taken over can be reclaimed', () => {
  const ended = start();
  ended.greet('fresh');
  ended.portal.socket.say({ type: 'exit', code: 3, signal: null });
  ended.portal.socket.cut(1000);
  ended.clock.advance(60_000);
  expect(ended.connection.status).toEqual({ kind: 'exited', code: 3, signal: null });
  expect(ended.portal.sockets).toHaveLength(1);

  const taken = start();
  taken.greet('fresh');
  taken.portal.socket.cut(4409);
  taken.clock.advance(60_000);
  expect(taken.connection.status).toEqual({ kind: 'closed', reason: 'taken-over' });
  taken.connection.reclaim();
  expect(taken.portal.sockets).toHaveLength(2);
});

test('a socket that never opens is explained by asking: the terminal is gone, or nobody answers', async () => {
  const gone = start(async () => 'gone');
  gone.portal.socket.cut();
  await Promise.resolve();
  expect(gone.connection.status).toEqual({ kind: 'closed', reason: 'gone' });

  const down = start(async () => 'unreachable');
  down.portal.socket.cut();
  await Promise.resolve();
  expect(down.connection.status).toMatchObject({ kind: 'waiting', unreachable: true });
});

test('a socket that says nothing is given up after 10 s, and what it says later is ignored', () => {
  const { portal, clock, connection } = start();
  clock.advance(10_000);
  expect(portal.sockets).toHaveLength(2);
  portal.sockets[0]?.say({ type: 'hello', mode: 'fresh', seq: 0, cols: 80, rows: 24 });
  expect(connection.status.kind).toBe('connecting');
});

test('however it is cut and however slowly it parses, no byte is lost or doubled', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('output' as const), text: fc.string({ minLength: 1, maxLength: 9 }) }),
    fc.record({ do: fc.constant('cut' as const) }),
    fc.record({ do: fc.constant('parse' as const), writes: fc.nat(3) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { portal, clock, screen, greet } = start();
      let said = '';
      greet('fresh');
      for (const action of steps) {
        if (action.do === 'parse') screen.parse(action.writes);
        else if (action.do === 'output') {
          const text = action.text.replace(/[^ -~]/g, '?');
          said += text;
          portal.socket.output(text);
        } else {
          portal.socket.cut();
          clock.advance(20_000);
          greet('resume', said.length);
        }
      }
      screen.parse();
      expect(screen.text).toBe(said);
    }),
  );
});

test("a close of WebSocket's own that would come again is not retried", () => {
  const { portal, connection, greet } = start();
  greet('fresh');
  portal.socket.cut(1009);
  expect(connection.status).toEqual({ kind: 'closed', reason: 'bad-message' });
});
