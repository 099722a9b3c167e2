import type { terminalLimits } from '../../../../protocol/terminal.ts';
import type { Clock } from './connection-ports.ts';

// The protocol's number, held to it by its type: importing the value would bring the schemas into the page.
const pingIntervalMs: (typeof terminalLimits)['pingIntervalMs'] = 15_000;
/** The first ping waits until the page has drawn the screen, or it would measure that. */
const firstPingMs = 1_000;
/** Unanswered pings after which a socket that looks open is taken for dead. */
const pingsMissed = 2;

export interface HeartbeatOptions {
  clock: Clock;
  ping: (t: number) => void;
  onLatency: (latencyMs: number) => void;
  onSilence: () => void;
}

/** Pings a live connection: measures its latency, and notices when nobody answers. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #cancel: (() => void) | null = null;
  #unanswered = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    this.#cancel = this.#options.clock.after(firstPingMs, () => this.#beat());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#unanswered = 0;
  }

  /** @param t as sent with the ping */
  hear(t: number): void {
    this.#unanswered = 0;
    this.#options.onLatency(Math.max(0, Math.round(this.#options.clock.nowMs() - t)));
  }

  #beat(): void {
    if (this.#unanswered >= pingsMissed) return this.#options.onSilence();
    this.#unanswered += 1;
    this.#options.ping(this.#options.clock.nowMs());
    this.#cancel = this.#options.clock.after(pingIntervalMs, () => this.#beat());
  }
}
