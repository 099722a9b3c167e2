import type { terminalSubprotocol } from '../../../../protocol/terminal.ts';
import { portal, PortalError } from '../page/portal.ts';
import type { Clock, Dial, Probe } from './connection-ports.ts';

// The protocol's name, held to it by its type: importing the value would bring the schemas into the page.
const subprotocol: typeof terminalSubprotocol = 'chrootcamp.terminal.v1';

export const browserClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export function makeDial(terminalId: string): Dial {
  return (events) => {
    const url = new URL(`/api/terminals/${terminalId}`, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url, subprotocol);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => events.opened());
    socket.addEventListener('close', ({ code }) => events.closed(code));
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') events.text(data);
      else events.bytes(new Uint8Array(data));
    });
    return {
      send: (data) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(data as string | Uint8Array<ArrayBuffer>);
      },
      close: () => socket.close(),
    };
  };
}

export function makeProbe(terminalId: string): Probe {
  return async () => {
    try {
      const terminals = await portal.terminals();
      return terminals.some(({ id }) => id === terminalId) ? 'there' : 'gone';
    } catch (error) {
      const gone: string[] = ['SANDBOX_GONE', 'SANDBOX_NOT_RUNNING', 'TERMINAL_GONE'];
      return error instanceof PortalError && gone.includes(error.code) ? 'gone' : 'unreachable';
    }
  };
}
