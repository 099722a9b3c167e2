/**
 * Hears of programs that were ended for want of memory, whether or not anybody looks: the kernel tells it only while it
 * happens. Learners' sandboxes are watched from being handed out until they are stopped.
 */
import type { Logger } from 'pino';
import type { OutOfMemory } from '../../engine.ts';

interface Watched {
  end: () => void;
  /** The last time, and when that was first told. */
  atMs: number | null;
  toldMs: number | null;
  listeners: Set<() => void>;
}

export class OutOfMemoryWatch implements Disposable {
  readonly #follow: (id: string, onEvent: () => void) => () => void;
  readonly #log: () => Logger;
  readonly #watched = new Map<string, Watched>();

  constructor(options: { follow: (id: string, onEvent: () => void) => () => void; log: () => Logger }) {
    this.#follow = options.follow;
    this.#log = options.log;
  }

  /** Of a boot that begins. One that cannot be watched is no reason to refuse it. */
  begin(id: string): void {
    this.end(id);
    const watched: Watched = { end: () => undefined, atMs: null, toldMs: null, listeners: new Set() };
    this.#watched.set(id, watched);
    try {
      watched.end = this.#follow(id, () => {
        watched.atMs = Date.now();
        watched.toldMs = null;
        for (const listener of watched.listeners) listener();
      });
    } catch (error) {
      this.#log().warn({ id, error }, 'that this sandbox runs out of memory will not be told');
    }
  }

  end(id: string): void {
    this.#watched.get(id)?.end();
    this.#watched.delete(id);
  }

  /** Returns what ends it. */
  listen(id: string, listener: () => void): () => void {
    const listeners = this.#watched.get(id)?.listeners;
    listeners?.add(listener);
    return () => void listeners?.delete(listener);
  }

  /** For who tells it now. */
  tell(id: string): OutOfMemory | null {
    const watched = this.#watched.get(id);
    if (watched === undefined || watched.atMs === null) return null;
    watched.toldMs ??= Date.now();
    return { atMs: watched.atMs, toldMs: watched.toldMs };
  }

  [Symbol.dispose](): void {
    for (const id of this.#watched.keys()) this.end(id);
  }
}
