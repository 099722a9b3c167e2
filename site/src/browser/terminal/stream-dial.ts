import type { Clock, Dial, SocketEvents, TerminalSocket } from './connection-ports.ts';
import type { SentEvent } from './sse-reader.ts';
import { closeCodeOf } from './stream-close.ts';
import { StreamOutbox, fromBase64 } from './stream-outbox.ts';
import type { StreamListener, StreamReader } from './stream-reader.ts';

/** A request that failed on the way is made again so often before the connection is given up. */
const attempts = 5;
const retryDelayMs = 200;

export interface StreamDialOptions {
  terminalId: string;
  /** Of the whole page. */
  reader: StreamReader;
  /** The page's own; relative addresses are those of the portal. */
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  clock: Clock;
  /** Calls back when the page is left. Returns what calls it off. */
  onLeave: (callback: () => void) => () => void;
}

/** Dials a terminal without a socket: the protocol's messages as events and POSTs (`protocol/stream.ts`). */
export function makeStreamDial(options: StreamDialOptions): Dial {
  return (events) => {
    const socket = new StreamSocket(options, events);
    void socket.open();
    return socket;
  };
}

class StreamSocket implements TerminalSocket, StreamListener {
  readonly #options: StreamDialOptions;
  readonly #events: SocketEvents;
  readonly #outbox = new StreamOutbox();
  readonly #abort = new AbortController();
  readonly #stopListening: () => void;
  #leave: () => void = () => {};
  connection = '';
  #path: string | null = null;
  #received = 0;
  #sending = false;
  #closed = false;

  constructor(options: StreamDialOptions, events: SocketEvents) {
    this.#options = options;
    this.#events = events;
    this.#stopListening = options.onLeave(() => this.close());
  }

  async open(): Promise<void> {
    const base = `/api/terminals/${this.#options.terminalId}/connections`;
    try {
      const answer = await this.#options.fetch(base, { method: 'POST', signal: this.#abort.signal });
      if (!answer.ok) return this.lost(closeCodeOf(answer.status));
      const { connection } = (await answer.json()) as { connection: string };
      this.connection = connection;
      this.#path = `${base}/${connection}`;
      // Given up meanwhile: the portal is told, or it would wait for us.
      if (this.#closed) return this.#discard();
    } catch {
      return this.lost(1006);
    }
    this.#events.opened();
    if (!this.#closed) this.#leave = this.#options.reader.join(this);
  }

  get received(): number {
    return this.#received;
  }

  send(data: string | Uint8Array): void {
    if (this.#closed) return;
    this.#outbox.add(data);
    // Together with what else is sent in this turn.
    if (!this.#sending) queueMicrotask(() => void this.#flush());
  }

  close(): void {
    if (this.#closed) return;
    this.#release();
    this.#discard();
  }

  take({ id, event, data }: SentEvent): void {
    // Seen already: an answer was cut after it, and it came again.
    if (this.#closed || id <= this.#received) return;
    if (id !== this.#received + 1) return this.lost(1006);
    this.#received = id;
    if (event === 'text') this.#events.text(data);
    else if (event === 'bytes') this.#events.bytes(fromBase64(data));
    else if (event === 'close') this.lost(Number(data));
  }

  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (!this.#closed && this.#path !== null && !this.#outbox.isEmpty) {
      const code = await this.#post(JSON.stringify(this.#outbox.take(this.#received)));
      if (code !== null) return this.lost(code);
    }
    this.#sending = false;
  }

  /** Null when the batch was dealt with. Sent again until it is answered: the portal knows it by its number. */
  async #post(body: string): Promise<number | null> {
    const headers = { 'content-type': 'application/json' };
    for (let attempt = 1; !this.#closed; attempt += 1) {
      try {
        const init = { method: 'POST', headers, body, signal: this.#abort.signal };
        const { ok, status } = await this.#options.fetch(this.#path as string, init);
        if (ok) return null;
        if (status < 500) return closeCodeOf(status);
      } catch {
        // The network's fault: again.
      }
      if (attempt >= attempts) return 1006;
      await pause(this.#options.clock, retryDelayMs * attempt);
    }
    return null;
  }

  lost(code: number): void {
    if (this.#closed) return;
    this.#release();
    this.#events.closed(code);
  }

  #release(): void {
    this.#closed = true;
    this.#stopListening();
    this.#leave();
    this.#abort.abort();
  }

  #discard(): void {
    if (this.#path === null) return;
    // Also while the page goes; and where it fails the portal finds out by the silence.
    this.#options.fetch(this.#path, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}
