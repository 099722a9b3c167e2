import type { Clock, Dial, SocketEvents } from './connection-ports.ts';

/** In the order in which they are tried. */
export const transports = ['websocket', 'stream', 'poll'] as const;
export type Transport = (typeof transports)[number];

/** From dialling to the first answer of the portal. Beyond it the way is blocked, or gathers what it should pass on. */
const firstFrameMs = 4_000;
/** A connection cut younger than this did not live long; after so many in a row the next transport is tried. */
const shortLivedMs = 30_000;
const maxShortLives = 3;
/** How long to wait for whether the portal can be reached at all. */
const judgeMs = 2_000;
/** Asked for right after opening, before there is a terminal; its answer is for us. */
const greeting = JSON.stringify({ type: 'ping', t: -1 });
const isReply = (frame: string): boolean => /^\{"type":"pong","t":-1\}$/.test(frame);

export interface TransportChoiceOptions {
  dials: Record<Transport, (terminalId: string) => Dial>;
  clock: Clock;
  /** Whether the portal answers plain requests; where it does not, no transport is to blame. */
  reachable: () => Promise<boolean>;
  /** What worked last, on this tab. */
  remembered: Transport | null;
  onProven: (transport: Transport) => void;
}

/** Which transport the terminals of a page use: the first that lets the portal's answers through. */
export class TransportChoice {
  readonly #options: TransportChoiceOptions;
  #current: Transport;
  #proven = false;
  #shortLives = 0;

  constructor(options: TransportChoiceOptions) {
    this.#options = options;
    this.#current = options.remembered ?? 'websocket';
  }

  get current(): Transport {
    return this.#current;
  }

  dialFor(terminalId: string): Dial {
    return (events) => this.#dial(terminalId, events);
  }

  #dial(terminalId: string, events: SocketEvents) {
    const { clock, dials } = this.#options;
    const transport = this.#current;
    const startedMs = clock.nowMs();
    let isProven = false;
    let isOver = false;
    let isLeft = false;
    const prove = (): void => {
      if (isProven) return;
      isProven = true;
      cancel();
      this.#prove(transport);
    };
    const end = (code: number): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      // A code of ours came through, so the way is open.
      if (code >= 4000) return events.closed(code);
      const judged = this.#lose(transport, isProven ? clock.nowMs() - startedMs : null);
      // Where nothing ever came, the next try is to be made by what will be chosen now.
      if (isProven) events.closed(code);
      else void Promise.race([judged, pause(clock, judgeMs)]).then(() => isLeft || events.closed(code));
    };
    const socket = dials[transport](terminalId)({
      opened: () => {
        if (isOver) return;
        socket.send(greeting);
        events.opened();
      },
      text: (frame) => {
        prove();
        if (!isOver && !isReply(frame)) events.text(frame);
      },
      bytes: (frame) => !isOver && events.bytes(frame),
      closed: end,
    });
    const cancel = clock.after(firstFrameMs, () => {
      socket.close();
      end(1006);
    });
    return {
      send: (data: string | Uint8Array) => socket.send(data),
      close: () => {
        isOver = true;
        isLeft = true;
        cancel();
        socket.close();
      },
    };
  }

  #prove(transport: Transport): void {
    if (transport !== this.#current) return;
    this.#proven = true;
    this.#options.onProven(transport);
  }

  /** @param livedMs how long the portal's answers came; null where none ever did */
  async #lose(transport: Transport, livedMs: number | null): Promise<void> {
    if (transport !== this.#current) return;
    if (livedMs !== null && livedMs >= shortLivedMs) this.#shortLives = 0;
    else this.#shortLives += 1;
    // One that has worked here gets the benefit of the doubt: the portal may be starting anew.
    if (this.#shortLives < (livedMs === null && !this.#proven ? 1 : maxShortLives)) return;
    if (!(await this.#options.reachable()) || transport !== this.#current) return;
    this.#current = transports[(transports.indexOf(transport) + 1) % transports.length] as Transport;
    this.#proven = false;
    this.#shortLives = 0;
  }
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}
