import type { StreamWait } from '../../../../protocol/stream.ts';
import type { Clock } from './connection-ports.ts';
import { SseReader, type SentEvent } from './sse-reader.ts';
import { closeCodeOf } from './stream-close.ts';

/** An answer that failed on the way is asked for again so often before its connections are given up. */
const attempts = 5;
const retryDelayMs = 200;

/** A connection whose events are read. */
export interface StreamListener {
  readonly connection: string;
  /** Number of the last event that arrived. */
  readonly received: number;
  take(event: SentEvent): void;
  /** No more will come. `code` as in CloseEvent. */
  lost(code: number): void;
}

export interface StreamReaderOptions {
  wait: StreamWait;
  /** The page's own; relative addresses are those of the portal. */
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  clock: Clock;
}

/** Reads the events of all a page's connections over one answer at a time (`protocol/stream.ts`). */
export class StreamReader {
  readonly #options: StreamReaderOptions;
  readonly #listeners = new Set<StreamListener>();
  #abort = new AbortController();
  #isRunning = false;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
  }

  /** From now on its events are read; until the returned function is called, or it was told that no more will come. */
  join(listener: StreamListener): () => void {
    this.#listeners.add(listener);
    // The answer that is open knows nothing of it.
    this.#abort.abort();
    if (!this.#isRunning) void this.#run();
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#abort.abort();
    };
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // Together with the others that join in this turn.
    await Promise.resolve();
    for (let failures = 0; this.#listeners.size > 0;) {
      const before = this.#count();
      this.#abort = new AbortController();
      const { signal } = this.#abort;
      const outcome = await this.#readAnswer([...this.#listeners], signal);
      if (signal.aborted) continue;
      if (typeof outcome === 'number') {
        this.#loseAll(outcome);
        continue;
      }
      const isIdle = this.#count() === before;
      failures = outcome === 'whole' || !isIdle ? 0 : failures + 1;
      if (failures >= attempts) {
        this.#loseAll(1006);
        failures = 0;
      } else if (isIdle) {
        // An answer that ends without a word was cut: not at once again, or it would spin.
        await this.#pause(retryDelayMs * Math.max(1, failures));
      }
    }
    this.#isRunning = false;
  }

  #count(): number {
    let sum = 0;
    for (const { received } of this.#listeners) sum += received;
    return sum;
  }

  /** A close code where there is no going on. */
  async #readAnswer(asked: StreamListener[], signal: AbortSignal): Promise<'whole' | 'broken' | number> {
    const places = asked.map(({ connection, received }) => `of=${connection}.${received}`);
    try {
      const path = `/api/connections?${places.join('&')}&wait=${this.#options.wait}`;
      const answer = await this.#options.fetch(path, { signal });
      if (!answer.ok || !answer.body) return answer.status < 500 ? closeCodeOf(answer.status) : 'broken';
      const reader = new SseReader();
      const decoder = new TextDecoder();
      const body = answer.body.getReader();
      for (;;) {
        const { done, value } = await body.read();
        if (done) return 'whole';
        for (const event of reader.push(decoder.decode(value, { stream: true }))) this.#hand(asked, event);
      }
    } catch {
      return 'broken';
    }
  }

  #hand(asked: StreamListener[], event: SentEvent): void {
    const listener = asked[event.of];
    if (!listener || !this.#listeners.has(listener)) return;
    if (event.event === 'gone') this.#lose(listener, 1006);
    else listener.take(event);
  }

  #loseAll(code: number): void {
    for (const listener of this.#listeners) this.#lose(listener, code);
  }

  #lose(listener: StreamListener, code: number): void {
    this.#listeners.delete(listener);
    listener.lost(code);
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.#options.clock.after(delayMs, resolve));
  }
}
