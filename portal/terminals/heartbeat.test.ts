import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { terminalLimits } from '../../protocol/terminal.ts';
import { Heartbeat } from './heartbeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a heartbeat does to a socket, over hours that no test can wait for. */
function listening() {
  const done: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    ping: () => void done.push('ping'),
    close: (code: number) => void done.push(`close ${code}`),
    terminate: () => void done.push('terminate'),
  });
  const heartbeat = new Heartbeat(socket as unknown as WebSocket);
  return { socket, heartbeat, done };
}

test('two pings without an answer, and the socket is half open', () => {
  const { done } = listening();
  vi.advanceTimersByTime(3 * terminalLimits.pingIntervalMs);
  expect(done).toEqual(['ping', 'ping', 'close 4408', 'terminate']);
});

test('a pong or any message is a sign of life', () => {
  const { socket, heartbeat, done } = listening();
  for (let turn = 0; turn < 5; turn += 1) {
    vi.advanceTimersByTime(terminalLimits.pingIntervalMs);
    if (turn % 2 === 0) socket.emit('pong');
    else heartbeat.heard();
  }
  heartbeat[Symbol.dispose]();
  vi.advanceTimersByTime(10 * terminalLimits.pingIntervalMs);
  expect(done).toEqual(Array(5).fill('ping'));
});
