import type { Logger } from 'pino';

/** Sandboxes that could not be made, and then not be destroyed either: tried again with each new one. */
export class Spoiled {
  readonly #ids = new Set<string>();
  readonly #destroy: (id: string) => Promise<void>;
  readonly #isHeld: (id: string) => boolean;

  constructor(destroy: (id: string) => Promise<void>, isHeld: (id: string) => boolean) {
    this.#destroy = destroy;
    this.#isHeld = isHeld;
  }

  async tryAgain(log: Logger): Promise<void> {
    for (const id of this.#ids) await this.clearAway(id, log);
  }

  /** Never rejects. */
  async clearAway(id: string, log: Logger): Promise<void> {
    this.#ids.delete(id);
    try {
      if (this.#isHeld(id)) await this.#destroy(id);
    } catch (error) {
      this.#ids.add(id);
      log.error({ id, error }, 'a sandbox that could not be made could not be removed either');
    }
  }
}
