/** For tests: the other end of a terminal's socket, a screen that keeps what it is given, and a clock moved by hand. */
import type { ClientMessage, ServerMessage } from '../../../../protocol/terminal.ts';
import type { Clock, Dial, Screen, SocketEvents } from './connection-ports.ts';

export class ManualClock implements Clock {
  #nowMs = 0;
  #timers: { atMs: number; callback: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      const due = this.#timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.callback();
    }
    this.#nowMs = endMs;
  }
}

/** Parses when told to, like a terminal that is busy. */
export class PlainScreen implements Screen {
  cols = 80;
  rows = 24;
  text = '';
  readonly #queue: (() => void)[] = [];

  write(bytes: Uint8Array, parsed: () => void): void {
    this.#queue.push(() => {
      this.text += new TextDecoder().decode(bytes);
      parsed();
    });
  }

  reset(): void {
    this.#queue.push(() => (this.text = ''));
  }

  parse(writes = Infinity): void {
    for (let count = 0; count < writes; count++) {
      const next = this.#queue.shift();
      if (!next) return;
      next();
    }
  }
}

/** One socket as the portal holds it. */
export class FakeSocket {
  readonly events: SocketEvents;
  readonly messages: ClientMessage[] = [];
  /** Binary frames as they came. */
  readonly frames: Uint8Array[] = [];
  open = true;

  constructor(events: SocketEvents) {
    this.events = events;
  }

  get typed(): string {
    return new TextDecoder().decode(Uint8Array.from(this.frames.flatMap((frame) => [...frame])));
  }

  say(message: ServerMessage): void {
    this.events.text(JSON.stringify(message));
  }

  output(text: string): void {
    this.events.bytes(new TextEncoder().encode(text));
  }

  cut(code = 1006): void {
    this.open = false;
    this.events.closed(code);
  }

  last<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }> | undefined {
    return this.messages.findLast((message) => message.type === type) as never;
  }
}

export class FakePortal {
  readonly sockets: FakeSocket[] = [];

  readonly dial: Dial = (events) => {
    const socket = new FakeSocket(events);
    this.sockets.push(socket);
    return {
      send: (data) => {
        if (typeof data === 'string') socket.messages.push(JSON.parse(data) as ClientMessage);
        else socket.frames.push(data);
      },
      close: () => (socket.open = false),
    };
  };

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('nothing was dialled');
    return socket;
  }
}
