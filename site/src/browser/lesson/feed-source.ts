import { lessonFeed } from '../../../../protocol/lesson-feed.ts';
import { backoffMs } from '../page/backoff.ts';
import { recallTransport } from '../terminal/transport-memory.ts';

export interface FeedSourceOptions {
  url: string;
  /** Of the events to hear. */
  names: readonly string[];
  onEvent: (name: string, data: unknown) => void;
  onConnected: (connected: boolean) => void;
}

/**
 * Brings the events of a lesson: over an answer that stays open, or, where something on the way gathers answers, over many
 * that end. Let go while the page is hidden, and for ever tried again while it is seen.
 */
export class FeedSource {
  readonly #options: FeedSourceOptions;
  /** Of what is open, or will be tried again; aborted to let it go. */
  #run: AbortController | null = null;
  #failures = 0;

  constructor(options: FeedSourceOptions) {
    this.#options = options;
  }

  open(): void {
    let hiding: ReturnType<typeof setTimeout> | undefined;
    document.addEventListener('visibilitychange', () => {
      clearTimeout(hiding);
      if (document.hidden) hiding = setTimeout(() => this.#letGo(), lessonFeed.hiddenMs);
      else this.#connect();
    });
    if (!document.hidden) this.#connect();
  }

  #letGo(): void {
    this.#run?.abort();
    this.#run = null;
  }

  #connect(): void {
    if (this.#run) return;
    this.#run = new AbortController();
    if (recallTransport() === 'poll') void this.#poll(this.#run.signal);
    else this.#stream(this.#run.signal);
  }

  #stream(signal: AbortSignal): void {
    const { url, names, onEvent, onConnected } = this.#options;
    const source = new EventSource(url);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      clearTimeout(timer);
      source.close();
    };
    const onSilence = (waitMs: number, act: () => void): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        end();
        if (!signal.aborted) act();
      }, waitMs);
    };
    const hear = (): void =>
      onSilence(lessonFeed.silenceMs, () => {
        onConnected(false);
        this.#stream(signal);
      });
    // Where the server refuses it the browser says so at once; where it is gathered nothing is ever said.
    onSilence(lessonFeed.patienceMs, () => void this.#poll(signal));
    signal.addEventListener('abort', end);
    source.addEventListener('open', () => {
      hear();
      this.#failures = 0;
      onConnected(true);
    });
    source.addEventListener('here', hear);
    for (const name of names) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => {
        hear();
        onEvent(name, JSON.parse(data));
      });
    }
    source.addEventListener('error', () => {
      onConnected(false);
      // Where the network failed the browser tries by itself; where the server answered with an error it gives up.
      if (source.readyState !== EventSource.CLOSED) return hear();
      clearTimeout(timer);
      this.#failures += 1;
      void this.#wait(signal).then((goOn) => goOn && this.#stream(signal));
    });
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { url, onConnected } = this.#options;
    const againAtMs = performance.now() + lessonFeed.streamAgainMs;
    for (let goOn = true; goOn; goOn = await this.#wait(signal)) {
      try {
        const timeout = AbortSignal.timeout(lessonFeed.pollMs * 3);
        const answer = await fetch(`${url}${url.includes('?') ? '&' : '?'}wait=poll`, {
          signal: AbortSignal.any([signal, timeout]),
          credentials: 'same-origin',
          cache: 'no-store',
        });
        if (!answer.ok) throw new Error(`${answer.status}`);
        this.#hear(await answer.text());
        this.#failures = 0;
        onConnected(true);
      } catch {
        // Let go, or the network's fault: then again.
        this.#failures += 1;
        onConnected(false);
      }
      // It may only have been slow; where terminals need short requests, too, it was not.
      if (performance.now() > againAtMs && recallTransport() !== 'poll' && !signal.aborted) {
        return this.#stream(signal);
      }
    }
  }

  #hear(text: string): void {
    for (const [, name = '', data = ''] of text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)) {
      if (this.#options.names.includes(name)) this.#options.onEvent(name, JSON.parse(data));
    }
  }

  /** Resolves after a while that grows with the failures; false once it was let go. */
  async #wait(signal: AbortSignal): Promise<boolean> {
    if (this.#failures === 0) await pause(lessonFeed.pauseMs);
    else await pause(Math.max(1_000, backoffMs(this.#failures, Math.random())));
    return !signal.aborted;
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
