import type { terminalSubprotocol } from '../../../../protocol/terminal.ts';
import { portal, PortalError } from '../page/portal.ts';
import type { Clock, Dial, Probe } from './connection-ports.ts';
import { makeStreamDial } from './stream-dial.ts';
import { StreamReader } from './stream-reader.ts';
import { TransportChoice, type Transport } from './transport-choice.ts';
import { recallTransport, rememberTransport } from './transport-memory.ts';

// The protocol's name, held to it by its type: importing the value would bring the schemas into the page.
const subprotocol: typeof terminalSubprotocol = 'chrootcamp.terminal.v1';

export const browserClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Shared by all terminals of the page: what one has found out about the network holds for the others. */
const choice = new TransportChoice({
  dials: {
    websocket: makeSocketDial,
    stream: (terminalId) => makeEventDial(terminalId, 'stream'),
    poll: (terminalId) => makeEventDial(terminalId, 'poll'),
  },
  clock: browserClock,
  reachable: () =>
    portal.terminals().then(
      () => true,
      (error: unknown) => error instanceof PortalError && error.code !== 'UNREACHABLE',
    ),
  remembered: recallTransport(),
  onProven: (transport) => rememberTransport(transport),
});

export function makeDial(terminalId: string): Dial {
  return choice.dialFor(terminalId);
}

/** How the terminals of this page are connected now. */
export function currentTransport(): Transport {
  return choice.current;
}

function makeSocketDial(terminalId: string): Dial {
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

const pageFetch = (path: string, init: RequestInit): Promise<Response> =>
  fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store' });
const readers = {
  stream: new StreamReader({ wait: 'stream', fetch: pageFetch, clock: browserClock }),
  poll: new StreamReader({ wait: 'poll', fetch: pageFetch, clock: browserClock }),
};

function makeEventDial(terminalId: string, wait: keyof typeof readers): Dial {
  return makeStreamDial({
    terminalId,
    reader: readers[wait],
    fetch: pageFetch,
    clock: browserClock,
    onLeave: (callback) => {
      addEventListener('pagehide', callback);
      return () => removeEventListener('pagehide', callback);
    },
  });
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
