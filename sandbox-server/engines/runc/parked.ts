/**
 * Sandboxes that have ended for everybody and cannot be taken apart: a process of theirs survives SIGKILL, since the kernel
 * waits for a disk or a server that does not answer. Nobody waits for them; they are tried again, ever more rarely, and
 * told in the server's health until they are gone.
 */
import type { Logger } from 'pino';

const firstRetryMs = 2_000;
const maxRetryMs = 60_000;

export interface ParkedOptions {
  /** Rejects where something is left. */
  takeApart: (id: string) => Promise<void>;
  log: Logger;
}

export class Parked implements Disposable {
  readonly #options: ParkedOptions;
  readonly #timers = new Map<string, NodeJS.Timeout | null>();

  constructor(options: ParkedOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#timers.size;
  }

  park(id: string, error: unknown): void {
    const words = 'a sandbox could not be taken apart; it is parked and tried again';
    this.#options.log.error({ id, error }, words);
    this.#tryAfter(id, firstRetryMs);
  }

  #tryAfter(id: string, delayMs: number): void {
    this.#timers.set(
      id,
      setTimeout(() => void this.#try(id, delayMs), delayMs),
    );
  }

  async #try(id: string, delayMs: number): Promise<void> {
    this.#timers.set(id, null);
    try {
      await this.#options.takeApart(id);
      this.#timers.delete(id);
      this.#options.log.info({ id }, 'a parked sandbox is gone');
    } catch (error) {
      // Ended meanwhile: the next server takes it up.
      if (!this.#timers.has(id)) return;
      this.#options.log.warn({ id, error }, 'a parked sandbox is still there');
      this.#tryAfter(id, Math.min(delayMs * 2, maxRetryMs));
    }
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers.values()) if (timer !== null) clearTimeout(timer);
    this.#timers.clear();
  }
}
