/** Time as the portal's machines know it; tests have one of their own. */
export interface Clock {
  /** Milliseconds since 1970. May jump: computers are suspended and set. */
  now(): number;
  /** Calls `act` once, when this process has been awake for so long. Returns what calls it off. */
  after(delayMs: number, act: () => void): () => void;
}

/** Longer ones Node runs at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, act) {
    // Nothing waits for these when the portal ends.
    const timer = setTimeout(act, Math.min(Math.max(0, delayMs), longestTimerMs)).unref();
    return () => clearTimeout(timer);
  },
};
