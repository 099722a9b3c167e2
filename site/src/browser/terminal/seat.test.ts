import { expect, test } from 'vitest';
import { TerminalConnection } from './connection.ts';
import { FakePortal, ManualClock, PlainScreen } from './fake-portal.ts';

function seated({ listens = true } = {}) {
  const portal = new FakePortal();
  const clock = new ManualClock();
  const roles: string[] = [];
  const sizes: (string | null)[] = [];
  const connection = new TerminalConnection({
    dial: portal.dial,
    screen: new PlainScreen(),
    clock,
    random: () => 0,
    probe: async () => 'there',
    onStatus: () => {},
    onNotice: () => {},
    viewer: 'this-page',
    ...(listens && { onRole: ({ role }) => void roles.push(role) }),
    onTerminalSize: (size) => sizes.push(size && `${size.cols}x${size.rows}`),
  });
  connection.connect();
  const greet = (role: 'writer' | 'watcher', writerPresent = true): void => {
    portal.socket.events.opened();
    portal.socket.say({ type: 'hello', mode: 'fresh', seq: 0, cols: 100, rows: 30 });
    portal.socket.say({ type: 'role', role, writerPresent, viewers: 2 });
  };
  return { portal, clock, connection, roles, sizes, greet };
}

test('a watcher types nothing, shows the terminal at its size, and takes over when told to', () => {
  const { portal, connection, roles, sizes, greet } = seated();
  greet('watcher');
  expect(portal.socket.messages[0]).toMatchObject({ type: 'attach', viewer: 'this-page' });
  expect(connection.type('x')).toBe(false);
  const told = portal.socket.messages.length;
  connection.resize(90, 20);
  expect(portal.socket.messages).toHaveLength(told);
  portal.socket.say({ type: 'size', cols: 61, rows: 20 });
  connection.clear();
  expect(portal.socket.last('clear')).toBeUndefined();
  connection.take();
  expect(portal.socket.last('take')).toEqual({ type: 'take' });
  portal.socket.say({ type: 'role', role: 'writer', writerPresent: true, viewers: 2 });
  expect(connection.type('x')).toBe(true);
  connection.clear();
  expect(portal.socket.last('clear')).toEqual({ type: 'clear' });
  expect(roles).toEqual(['watcher', 'writer']);
  expect(sizes).toEqual(['100x30', '61x20', null]);
});

test('after a cut a watcher goes on watching, a writer asks for what is free', () => {
  for (const [role, as] of [
    ['watcher', 'watcher'],
    ['writer', undefined],
  ] as const) {
    const { portal, clock, greet } = seated();
    greet(role);
    portal.socket.cut();
    clock.advance(1_000);
    portal.socket.events.opened();
    expect(portal.socket.last('attach')?.as).toBe(as);
  }
});

test('where no page listens for roles, a key takes over by itself', () => {
  const { portal, connection, greet } = seated({ listens: false });
  greet('watcher');
  expect(connection.type('x')).toBe(true);
  expect(portal.socket.last('take')).toEqual({ type: 'take' });
  expect(portal.socket.typed).toBe('x');
});
