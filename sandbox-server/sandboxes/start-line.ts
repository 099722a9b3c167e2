/**
 * The line in which machines are made, and Docker is started in them: some at a time, the others in the order they came.
 * Thirty at once would share the processor so that all of them were late. In a line the first have theirs at once, and
 * the last no later than before. A prompt is worth more than Docker: while anybody waits for a machine, Docker starts in
 * one at a time.
 */
import os from 'node:os';

interface Place {
  begin: () => void;
}

/** Making one is half waiting: for the kernel, and for processes that start. Docker's start is so too. */
const atOnce = 2 * os.availableParallelism();
/** One that does not come up, such as with a learner's broken settings, holds others up no longer. */
const mostDockerMs = 5_000;

export interface StartLineOptions {
  machines: number;
  dockers: number;
}

export class StartLine {
  readonly #most: StartLineOptions;
  readonly #machines = { busy: 0, waiting: [] as Place[] };
  readonly #dockers = { busy: 0, waiting: [] as Place[] };

  constructor(most: StartLineOptions = { machines: atOnce, dockers: atOnce }) {
    this.#most = most;
  }

  /** Whether Docker may start together with a machine, since nobody is kept waiting by it. */
  get isShort(): boolean {
    const waiting = this.#machines.waiting.length + this.#dockers.waiting.length;
    return waiting === 0 && this.#machines.busy + this.#dockers.busy <= this.#most.dockers;
  }

  /** Makes or starts a machine when its turn has come. */
  machine<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(this.#machines, work);
  }

  /** Starts Docker when its turn has come, and keeps the place until it is up. `begun`: it starts already. */
  async docker<T>(work: () => Promise<T>, { begun }: { begun: boolean }): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>();
    const start = () => {
      const working = work();
      resolve(working);
      return Promise.race([working, new Promise((end) => setTimeout(end, mostDockerMs).unref())]);
    };
    // Its fault is in what is returned.
    void this.#inTurn(this.#dockers, start, begun).catch(() => undefined);
    return await promise;
  }

  async #inTurn<T>(
    kind: { busy: number; waiting: Place[] },
    work: () => Promise<T>,
    now = false,
  ): Promise<T> {
    if (now) kind.busy += 1;
    else {
      await new Promise<void>((begin) => {
        kind.waiting.push({ begin });
        this.#advance();
      });
    }
    try {
      return await work();
    } finally {
      kind.busy -= 1;
      this.#advance();
    }
  }

  #advance(): void {
    const [machines, dockers] = [this.#machines, this.#dockers];
    while (machines.busy < this.#most.machines && machines.waiting.length > 0) begin(machines);
    const mostDockers = machines.waiting.length > 0 ? 1 : this.#most.dockers;
    while (dockers.busy < mostDockers && dockers.waiting.length > 0) begin(dockers);
  }
}

function begin(kind: { busy: number; waiting: Place[] }): void {
  kind.busy += 1;
  kind.waiting.shift()?.begin();
}
