/**
 * Changes that this page is making at the portal. Until they are answered the portal's list is between two states: what it
 * has may be what this page is about to have, or has already given up.
 */
export class OwnChanges {
  readonly #underway = new Set<Promise<unknown>>();
  #begun = 0;

  run<T>(work: () => Promise<T>): Promise<T> {
    this.#begun += 1;
    const change = work().finally(() => this.#underway.delete(change));
    this.#underway.add(change);
    return change;
  }

  /** What `read` gave while no such change was under way, from its beginning to its end. */
  async readBetween<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      await Promise.allSettled(this.#underway);
      const begun = this.#begun;
      const answer = await read();
      if (this.#underway.size === 0 && this.#begun === begun) return answer;
    }
  }
}
