/**
 * What the Docker of each watched machine has reported. dockerd itself keeps its last 256 events, which one health check
 * fills in minutes: without this the evidence of a `--rm` container would be gone before the exercise is done. It is
 * written down a moment later, so a portal started anew knows it too; what a kill takes of that, Docker still has.
 */
import type { DockerEventObservation } from '../../grader/observer.ts';
import type { Log } from '../log.ts';
import type { DockerEventStore, KeptEvent } from '../store/docker-events.ts';
import { EventLedger, ledgerBounds } from './event-ledger.ts';

export interface EventLedgersOptions {
  store: Pick<DockerEventStore, 'list' | 'add' | 'rewind'>;
  log: Log;
}

interface Followed {
  sandboxId: string;
  ledger: EventLedger;
  /** Not written down yet, oldest first; bounded as the ledger is. */
  unwritten: KeptEvent[];
  unwrittenFrequent: KeptEvent[];
}

/** So a flood is one transaction a second and machine. */
const writeAfterMs = 1_000;

export class EventLedgers implements Disposable {
  readonly #options: EventLedgersOptions;
  readonly #followed = new Map<string, Followed>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: EventLedgersOptions) {
    this.#options = options;
  }

  /** What was seen of that machine; a look that is late does not make another's forgotten. */
  known(learnerId: string, sandboxId: string): DockerEventObservation[] {
    const followed = this.#followed.get(learnerId) ?? this.#open(learnerId, sandboxId);
    return followed.sandboxId === sandboxId ? followed.ledger.list() : [];
  }

  /** The learner has that machine now, and its Docker reported this. */
  add(learnerId: string, sandboxId: string, event: DockerEventObservation): void {
    const known = this.#followed.get(learnerId);
    const followed = known?.sandboxId === sandboxId ? known : this.#open(learnerId, sandboxId);
    const kept = followed.ledger.add(event);
    if (kept === null) return;
    const [unwritten, most] = kept.isFrequent
      ? [followed.unwrittenFrequent, ledgerBounds.mostFrequent]
      : [followed.unwritten, ledgerBounds.most];
    unwritten.push(kept);
    if (unwritten.length > most) unwritten.shift();
    // Docker still has what comes while this portal ends.
    if (!this.#isClosed) this.#timer ??= setTimeout(() => this.#write(), writeAfterMs);
  }

  /** The machine went back to what it was at `takenAt` (ISO 8601). */
  rewind(learnerId: string, takenAt: string): void {
    const followed = this.#followed.get(learnerId);
    if (!followed) return;
    const lastNano = BigInt(Date.parse(takenAt)) * 1_000_000n;
    this.#write();
    followed.ledger.rewind(lastNano);
    this.#options.store.rewind(followed.sandboxId, lastNano);
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#write();
  }

  #open(learnerId: string, sandboxId: string): Followed {
    const followed = { sandboxId, ledger: new EventLedger(), unwritten: [], unwrittenFrequent: [] };
    for (const { event } of this.#options.store.list(sandboxId)) followed.ledger.add(event);
    this.#followed.set(learnerId, followed);
    return followed;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { sandboxId, unwritten, unwrittenFrequent } of this.#followed.values()) {
      const events = [...unwritten.splice(0), ...unwrittenFrequent.splice(0)];
      if (events.length === 0) continue;
      try {
        this.#options.store.add(sandboxId, events, ledgerBounds);
      } catch (error) {
        // A full disk, as a rule. What is in memory still counts until the portal ends.
        this.#options.log.error(
          { err: error, sandboxId },
          "events of a machine's Docker were not written down",
        );
      }
    }
  }
}
