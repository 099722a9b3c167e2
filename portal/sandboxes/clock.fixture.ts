import type { Clock } from './clock.ts';

/** For tests: time passes when it is told to. */
export class HandClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ dueMs: number; act: () => void }>();
  /** How long it has been awake. */
  #awakeMs = 0;

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { dueMs: this.#awakeMs + Math.max(0, delayMs), act };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  get timerCount(): number {
    return this.#timers.size;
  }

  /** Time passes, and what is due happens in order. */
  pass(ms: number): void {
    const end = this.#awakeMs + ms;
    for (;;) {
      const [next] = [...this.#timers].toSorted((a, b) => a.dueMs - b.dueMs);
      if (next === undefined || next.dueMs > end) break;
      this.#timers.delete(next);
      this.#advance(next.dueMs - this.#awakeMs);
      next.act();
    }
    this.#advance(end - this.#awakeMs);
  }

  /** The computer was suspended, or its clock set: no timer knows of it. */
  jump(ms: number): void {
    this.#now += ms;
  }

  #advance(ms: number): void {
    this.#awakeMs += ms;
    this.#now += ms;
  }
}
