/** Refusals of one sandbox, told at most once a second and kind: a learner can cause them without end. */
import type { EgressListener } from '../egress/passage.ts';
import type { RefusalReason } from '../egress/refusal.ts';

const tellEveryMs = 1_000;

export interface Refusals {
  reason: RefusalReason;
  /** Of the newest. */
  host: string | null;
  times: number;
}

export class RefusalTally {
  readonly #tell: (refusals: Refusals) => void;
  readonly #waiting = new Map<RefusalReason, Refusals>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (refusals: Refusals) => void) {
    this.#tell = tell;
  }

  /** The first is told at once. */
  add: EgressListener['onRefusal'] = ({ reason, host }) => {
    const known = this.#waiting.get(reason);
    this.#waiting.set(reason, { reason, host, times: (known?.times ?? 0) + 1 });
    if (this.#timer !== null) return;
    this.flush();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.flush();
    }, tellEveryMs);
  };

  flush(): void {
    for (const refusals of this.#waiting.values()) this.#tell(refusals);
    this.#waiting.clear();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.flush();
  }
}
