import { CodedError } from '../../protocol/errors.ts';
import { networkProbes } from '../../protocol/network.ts';

/** How many probes of the network doctor each learner has open. */
export class ProbeCount {
  readonly #counts = new Map<string, number>();

  /** False where there are as many as there may be; else `end` it when it is over. */
  begin(learnerId: string): boolean {
    const count = this.#counts.get(learnerId) ?? 0;
    if (count >= networkProbes.perLearner) return false;
    this.#counts.set(learnerId, count + 1);
    return true;
  }

  /** Throws TOO_MANY. */
  require(learnerId: string): void {
    if (this.begin(learnerId)) return;
    throw new CodedError('TOO_MANY', `this learner has ${networkProbes.perLearner} network probes open`);
  }

  end(learnerId: string): void {
    const count = (this.#counts.get(learnerId) ?? 1) - 1;
    if (count === 0) this.#counts.delete(learnerId);
    else this.#counts.set(learnerId, count);
  }
}
