/** How much there was in the last 60 seconds, to the second: no burst around a full minute counts half. */
const seconds = 60;

export class MinuteWindow {
  readonly #slots = new Float64Array(seconds);
  #newest = 0;
  #total = 0;

  /** Forgets what is older than a minute. `nowMs` never goes back (performance.now()). */
  #advance(nowMs: number): number {
    const now = Math.floor(nowMs / 1000);
    for (let second = Math.max(this.#newest + 1, now - seconds + 1); second <= now; second += 1) {
      const slot = second % seconds;
      this.#total -= this.#slots[slot] as number;
      this.#slots[slot] = 0;
    }
    this.#newest = Math.max(this.#newest, now);
    return this.#newest % seconds;
  }

  add(amount: number, nowMs: number): void {
    const slot = this.#advance(nowMs);
    this.#slots[slot] = (this.#slots[slot] as number) + amount;
    this.#total += amount;
  }

  total(nowMs: number): number {
    this.#advance(nowMs);
    return this.#total;
  }

  /** Whole seconds until the total is below `limit`, if nothing is added; 0 where it is. */
  secondsUntilBelow(limit: number, nowMs: number): number {
    let total = this.total(nowMs);
    let waited = 0;
    for (; total >= limit && waited < seconds; waited += 1) {
      total -= this.#slots[(this.#newest + 1 + waited) % seconds] as number;
    }
    return waited;
  }
}
