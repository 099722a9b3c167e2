/** Ranges of 65,536 host ids, one a sandbox. A lease lives in the sandbox's state file; this only keeps them apart. */
import { CodedError } from '../../../protocol/errors.ts';

export const idsPerRange = 65_536;

export class IdLeases {
  readonly #base: number;
  readonly #ranges: number;
  readonly #taken = new Set<number>();

  constructor({ base, ranges }: { base: number; ranges: number }) {
    this.#base = base;
    this.#ranges = ranges;
  }

  /** First host id of a range no sandbox has, stopped ones included. Throws ID_RANGES_TAKEN. */
  take(): number {
    for (let slot = 0; slot < this.#ranges; slot += 1) {
      const first = this.#base + slot * idsPerRange;
      if (this.#taken.has(first)) continue;
      this.#taken.add(first);
      return first;
    }
    const found = `all ${this.#ranges} id ranges are leased`;
    throw new CodedError(
      'ID_RANGES_TAKEN',
      `${found}; destroy stopped sandboxes or keep them for fewer days`,
    );
  }

  /** Found in a state file after a restart. */
  adopt(first: number): void {
    this.#taken.add(first);
  }

  /** Only when nothing owned by the range is left. */
  release(first: number): void {
    this.#taken.delete(first);
  }
}
