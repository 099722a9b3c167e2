import { terminalLimits } from '../../protocol/terminal.ts';

/** How many connections to terminals each learner has open, by socket or without. */
export class SocketCount {
  readonly #counts = new Map<string, number>();

  /** False where there are as many as there may be. */
  countIn(learnerId: string): boolean {
    const count = this.#counts.get(learnerId) ?? 0;
    if (count >= terminalLimits.socketsPerLearner) return false;
    this.#counts.set(learnerId, count + 1);
    return true;
  }

  countOut(learnerId: string): void {
    const count = (this.#counts.get(learnerId) ?? 1) - 1;
    if (count === 0) this.#counts.delete(learnerId);
    else this.#counts.set(learnerId, count);
  }
}
