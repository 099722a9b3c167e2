/** A page's terminal without a page: the browser's own connection and transports, over Node's network. */
import WebSocket from 'ws';
import { terminalSubprotocol } from '../../protocol/terminal.ts';
import { Reader } from '../../portal/terminals/reader.fixture.ts';
import { TerminalConnection } from '../../site/src/browser/terminal/connection.ts';
import type { Clock, Dial, Screen } from '../../site/src/browser/terminal/connection-ports.ts';
import { makeStreamDial } from '../../site/src/browser/terminal/stream-dial.ts';
import { StreamReader } from '../../site/src/browser/terminal/stream-reader.ts';
import { TransportChoice, type Transport } from '../../site/src/browser/terminal/transport-choice.ts';

export const realClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface PageOptions {
  /** What the page's requests go to: the portal, or a proxy before it. */
  at: () => string;
  /** What is in the address bar. */
  origin: () => string;
  cookie: string;
}

/** `fetch` as a page of `origin` has it. */
export function makePageFetch({ at, origin, cookie }: PageOptions) {
  return (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${at()}${path}`, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), origin: origin(), cookie },
      keepalive: false,
    });
}

function makePageSocketDial({ at, origin, cookie }: PageOptions, terminalId: string): Dial {
  return (events) => {
    const socket = new WebSocket(
      `${at().replace('http', 'ws')}/api/terminals/${terminalId}`,
      terminalSubprotocol,
      {
        origin: origin(),
        headers: { cookie },
        perMessageDeflate: false,
      },
    );
    socket.on('error', () => {});
    socket.on('open', () => events.opened());
    socket.on('close', (code) => events.closed(code));
    socket.on('message', (data: Buffer, isBinary) =>
      isBinary ? events.bytes(new Uint8Array(data)) : events.text(data.toString()),
    );
    return {
      send: (data) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(data);
      },
      close: () => (socket.readyState === WebSocket.CONNECTING ? socket.terminate() : socket.close()),
    };
  };
}

function makePageDial(options: PageOptions, terminalId: string, transport: Transport): Dial {
  if (transport === 'websocket') return makePageSocketDial(options, terminalId);
  const ports = { fetch: makePageFetch(options), clock: realClock };
  return makeStreamDial({
    ...ports,
    terminalId,
    reader: new StreamReader({ ...ports, wait: transport }),
    onLeave: () => () => {},
  });
}

/** A screen that is a headless terminal: it answers queries, as a browser's does. */
class ReaderScreen implements Screen {
  readonly cols = 80;
  readonly rows = 24;
  readonly reader = new Reader({ cols: 80, rows: 24 });

  write(bytes: Uint8Array, parsed: () => void): void {
    void this.reader.read(bytes).then(parsed);
  }

  reset(): void {
    void this.reader.read('\x1bc');
  }
}

export class PageTerminal implements Disposable {
  readonly screen = new ReaderScreen();
  readonly connection: TerminalConnection;
  readonly choice: TransportChoice;

  constructor(options: PageOptions & { terminalId: string; only?: Transport; remembered?: Transport }) {
    const { terminalId, only, remembered = null } = options;
    const dialOver = (transport: Transport) => (id: string) => makePageDial(options, id, transport);
    const askPortal = makePageFetch(options);
    this.choice = new TransportChoice({
      dials: {
        websocket: dialOver(only ?? 'websocket'),
        stream: dialOver(only ?? 'stream'),
        poll: dialOver(only ?? 'poll'),
      },
      clock: realClock,
      reachable: async () => (await askPortal('/api/terminals').catch(() => null))?.ok ?? false,
      remembered,
      onProven: () => {},
    });
    this.connection = new TerminalConnection({
      dial: this.choice.dialFor(terminalId),
      screen: this.screen,
      clock: realClock,
      random: Math.random,
      probe: async () => 'there',
      onStatus: () => {},
      onNotice: () => {},
      viewer: `page-${Math.random().toString(36).slice(2, 12)}`,
    });
    // What the emulator answers to queries is typed, as in a page, but never while a snapshot is parsed.
    this.screen.reader.onAnswer = (answer) => void this.connection.type(answer);
    this.connection.connect();
  }

  get lines(): string[] {
    return this.screen.reader.lines.filter((line) => line !== undefined);
  }

  [Symbol.dispose](): void {
    this.connection.dispose();
  }
}
