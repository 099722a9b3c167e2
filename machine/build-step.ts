/** What a build reports while it runs. */
export interface BuildEvent {
  /** In words: "machine tree", "image debian", "registry". */
  step: string;
  /** `skipped`: what it would make is there already. */
  state: 'started' | 'progress' | 'done' | 'skipped' | 'failed';
  detail?: string;
  /** Since the step was started. */
  elapsedMs?: number;
}

export interface BuildStepsOptions {
  onStep?: ((event: BuildEvent) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** The steps of one build, some side by side: when one fails, the others are stopped. */
export class BuildSteps {
  /** Aborts when the caller's does, or a step has failed. */
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #report: (event: BuildEvent) => void;

  constructor(options: BuildStepsOptions) {
    this.signal =
      options.signal === undefined ? this.#stop.signal : AbortSignal.any([options.signal, this.#stop.signal]);
    this.#report = options.onStep ?? (() => {});
  }

  /** Runs and reports one step. */
  async run<T>(step: string, work: (onProgress: (detail: string) => void) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const report = (state: BuildEvent['state'], detail?: string) => {
      const elapsedMs = Math.round(performance.now() - startedAt);
      this.#report({ step, state, elapsedMs, ...(detail === undefined ? {} : { detail }) });
    };
    this.signal.throwIfAborted();
    report('started');
    try {
      const result = await work((detail) => report('progress', detail));
      report('done');
      return result;
    } catch (error) {
      report('failed', this.signal.aborted ? 'stopped' : String(error));
      throw error;
    }
  }

  skip(step: string): void {
    this.#report({ step, state: 'skipped', elapsedMs: 0 });
  }

  /** Waits for steps that run side by side. After a failure, also until the others have stopped. */
  async all<T extends readonly unknown[]>(steps: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
    try {
      return (await Promise.all(steps)) as unknown as T;
    } catch (error) {
      this.#stop.abort(error);
      await Promise.allSettled(steps);
      throw error;
    }
  }
}
