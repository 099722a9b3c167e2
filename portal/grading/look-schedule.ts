/**
 * When to look again: at once at the first cause, then no more often than `minGapMs` and never two looks at a time; a
 * cause that comes meanwhile is not forgotten. Without a cause, never.
 */

/** Short enough to be called live, long enough that a `docker compose up` is a handful of looks. */
const defaultMinGapMs = 150;
/** Effects may come after their cause: a daemon forked into the background, a container that ends. */
export const afterthoughtsMs = [300, 1_000];
/** What serves something needs longer before it listens, and nothing tells when it does. */
export const lateAfterthoughtsMs = [300, 1_000, 2_500, 6_000];

export class LookSchedule implements Disposable {
  readonly #look: () => Promise<void>;
  readonly #minGapMs: number;
  #state: 'idle' | 'waiting' | 'looking' | 'disposed' = 'idle';
  #isWanted = false;
  #notBeforeMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #afterthoughts: NodeJS.Timeout[] = [];

  /** `look` must not reject. */
  constructor(look: () => Promise<void>, { minGapMs = defaultMinGapMs } = {}) {
    this.#look = look;
    this.#minGapMs = minGapMs;
  }

  request(): void {
    if (this.#state === 'looking') this.#isWanted = true;
    if (this.#state !== 'idle') return;
    const waitMs = this.#notBeforeMs - performance.now();
    if (waitMs <= 0) return void this.#run();
    this.#state = 'waiting';
    this.#timer = setTimeout(() => void this.#run(), waitMs);
  }

  /** A little later, in place of what was to come later so far. `prepare` is called right before each. */
  requestLater(
    delaysMs: readonly number[] = afterthoughtsMs,
    prepare: (turn: { isLast: boolean }) => void = () => {},
  ): void {
    for (const timer of this.#afterthoughts) clearTimeout(timer);
    this.#afterthoughts = delaysMs.map((delayMs, index) =>
      setTimeout(() => {
        prepare({ isLast: index === delaysMs.length - 1 });
        this.request();
      }, delayMs),
    );
  }

  [Symbol.dispose](): void {
    this.#state = 'disposed';
    clearTimeout(this.#timer);
    for (const timer of this.#afterthoughts) clearTimeout(timer);
  }

  async #run(): Promise<void> {
    this.#state = 'looking';
    this.#isWanted = false;
    const startMs = performance.now();
    await this.#look();
    const endMs = performance.now();
    // A machine that is slow to look at is looked at less often. No more than one gap later, though: it is slow because
    // something happens in it, and then somebody waits to be told.
    const breakMs = Math.min(Math.max(0, endMs - startMs - this.#minGapMs), this.#minGapMs);
    this.#notBeforeMs = Math.max(startMs + this.#minGapMs, endMs + breakMs);
    // `dispose` may have come while looking.
    if ((this.#state as string) === 'disposed') return;
    this.#state = 'idle';
    if (this.#isWanted) this.request();
  }
}
