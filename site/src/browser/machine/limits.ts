import type { LimitState, UsageReport } from '../../../../protocol/usage.ts';
import { describeLimit } from './limit-text.ts';
import type { MachineNotice } from './machine-notice.ts';

/** Which limits the frame speaks of. What was put away is not said again before it happens again. */
export class LimitNotices {
  /** By subject: the happening that was put away. */
  readonly #dismissed = new Map<string, string>();
  #limits: readonly LimitState[] = [];

  accept({ limits }: UsageReport): void {
    this.#limits = limits;
  }

  /** Another machine, or none: nothing is known of it. */
  clear(): void {
    this.#limits = [];
  }

  /** `onDismissed`: the list has become shorter. */
  list(onDismissed: () => void): MachineNotice[] {
    const open = this.#limits.filter((limit) => this.#dismissed.get(limit.subject) !== happening(limit));
    return open.map((limit) => ({
      id: `limit-${limit.subject}`,
      text: describeLimit(limit),
      dismiss: () => {
        this.#dismissed.set(limit.subject, happening(limit));
        onDismissed();
      },
    }));
  }
}

function happening({ level, at }: LimitState): string {
  return `${level} ${at}`;
}
