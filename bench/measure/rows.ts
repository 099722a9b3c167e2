import type { BenchFigure } from '../../bin/bench-module.ts';
import { messageOf } from '../../protocol/errors.ts';

export interface RowsOptions {
  contender: string;
  onStep: (words: string) => void;
  onNote: (words: string) => void;
  signal: AbortSignal;
}

/**
 * A contender's figures, row by row: one that fails is tried once more; where it fails again that is noted, and the next
 * is measured.
 */
export class Rows {
  readonly figures: BenchFigure[] = [];
  readonly #options: RowsOptions;

  constructor(options: RowsOptions) {
    this.#options = options;
  }

  /** `mend`: brings back, after a failure, what the next try or row needs. */
  async measure(
    what: string,
    work: () => Promise<BenchFigure | BenchFigure[]>,
    mend: () => Promise<void>,
  ): Promise<void> {
    const { contender, onStep, onNote, signal } = this.#options;
    signal.throwIfAborted();
    onStep(`${contender}: ${what}`);
    for (const failed of ['failed once', 'not measured']) {
      try {
        this.figures.push(...[await work()].flat().map((figure) => ({ ...figure, contender })));
        return;
      } catch (error) {
        signal.throwIfAborted();
        onNote(`${contender}, ${what}: ${failed}: ${messageOf(error)}`);
        await mend();
      }
    }
  }
}
