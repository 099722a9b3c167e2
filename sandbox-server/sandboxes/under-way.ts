/** Counts what has begun and not ended, and can wait for it. */
export class UnderWay {
  readonly #works = new Set<Promise<void>>();

  get size(): number {
    return this.#works.size;
  }

  async count<T>(begin: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#works.add(promise);
    try {
      return await begin();
    } finally {
      this.#works.delete(promise);
      resolve();
    }
  }

  /** Resolves when all that is under way now has ended, whatever became of it. */
  async settled(): Promise<void> {
    await Promise.all(this.#works);
  }
}
