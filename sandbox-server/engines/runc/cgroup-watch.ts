/**
 * On cgroup v1 no limit bounds how many cgroups a learner makes, fifteen thousand a second; with 65,535 of memory a host has
 * no more for anybody. So the host's number is looked at, one short file, and sandboxes are counted when it has grown.
 */
import { maxCgroups, type CgroupCensus } from './cgroup/layout.ts';

export interface CgroupWatchOptions {
  census: CgroupCensus;
  /** Cgroups of all that run, by id. */
  running: () => { id: string; cgroup: string }[];
  /** A sandbox has more than it may. */
  onExcess: (id: string) => void;
  onFault: (error: unknown) => void;
  intervalMs?: number;
}

/** Twice what the kernel lets a sandbox have on v2: what a lesson can need is far below. */
const mostCgroups = 2 * maxCgroups;
const growth = 2_000;
/** A quarter of a second is four thousand cgroups. */
const defaultIntervalMs = 250;
/** The hierarchies that the kernel does not count are looked at less often: they have no number to run out of. */
const looksPerUncounted = 8;

export class CgroupWatch implements Disposable {
  readonly #options: CgroupWatchOptions;
  readonly #timer: NodeJS.Timeout;
  /** The least that the host had since sandboxes were counted last. */
  #least = 0;
  #looks = 0;
  #isLooking = false;

  constructor(options: CgroupWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), options.intervalMs ?? defaultIntervalMs).unref();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { census, onFault } = this.#options;
    try {
      const found = await census.ofHost();
      this.#looks += 1;
      if (found > this.#least + growth) {
        await this.#count({ counted: true });
        this.#least = await census.ofHost();
      } else {
        this.#least = Math.min(this.#least, found);
        if (this.#looks % looksPerUncounted === 0) await this.#count({ counted: false });
      }
    } catch (error) {
      onFault(error);
    } finally {
      this.#isLooking = false;
    }
  }

  async #count(hierarchies: { counted: boolean }): Promise<void> {
    const { census, running, onExcess } = this.#options;
    for (const { id, cgroup } of running()) {
      if ((await census.below(cgroup, { ...hierarchies, max: mostCgroups })) >= mostCgroups) onExcess(id);
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
