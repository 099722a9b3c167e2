/** What one sandbox has used of its egress, and whether it may have more. */
import { MinuteWindow } from './minute-window.ts';

export interface EgressLimits {
  /** Through the proxy, in both directions. */
  bytesPerMinute: number;
  /** Open at once. */
  connections: number;
  /** Begun, requests over plain HTTP included. */
  connectionsPerMinute: number;
}

/** The limit that is reached. */
export type ReachedLimit = keyof EgressLimits;

export class Account {
  readonly #limits: EgressLimits;
  readonly #bytes = new MinuteWindow();
  readonly #begun = new MinuteWindow();
  #open = 0;

  constructor(limits: EgressLimits) {
    this.#limits = limits;
  }

  get open(): number {
    return this.#open;
  }

  connected(): void {
    this.#open += 1;
  }

  closed(): void {
    this.#open -= 1;
  }

  /** One more request or tunnel, counted also where it is refused: null when it may go on. */
  begin(): ReachedLimit | null {
    const now = performance.now();
    this.#begun.add(1, now);
    if (this.#open > this.#limits.connections) return 'connections';
    if (this.#begun.total(now) > this.#limits.connectionsPerMinute) return 'connectionsPerMinute';
    return this.isOverdrawn ? 'bytesPerMinute' : null;
  }

  spend(bytes: number): void {
    this.#bytes.add(bytes, performance.now());
  }

  get isOverdrawn(): boolean {
    return this.#bytes.total(performance.now()) >= this.#limits.bytesPerMinute;
  }

  /** Whole seconds, at least 1, after which the limit is no longer reached if nothing more is used. */
  secondsUntilRoom(limit: ReachedLimit): number {
    const now = performance.now();
    if (limit === 'connections') return 1;
    const [used, most] =
      limit === 'bytesPerMinute'
        ? [this.#bytes, this.#limits.bytesPerMinute]
        : [this.#begun, this.#limits.connectionsPerMinute];
    return Math.max(1, used.secondsUntilBelow(most, now));
  }
}
