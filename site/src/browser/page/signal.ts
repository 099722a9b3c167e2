/** A value that can be watched. */
export class Signal<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Listeners are told even when the value is the same object: it may have changed inside. */
  set(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  /** Calls `listener` now and at every change, until the returned function is called. */
  watch(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#value);
    return () => this.#listeners.delete(listener);
  }

  /** The first value, now or later, that `accepts` takes. */
  until(accepts: (value: T) => boolean): Promise<T> {
    return new Promise((resolve) => {
      let stop: (() => void) | undefined;
      let found = false;
      stop = this.watch((value) => {
        if (found || !accepts(value)) return;
        found = true;
        stop?.();
        resolve(value);
      });
      if (found) stop();
    });
  }
}
