/**
 * What the Docker of each watched machine has reported. dockerd itself keeps its last 256 events, which one health check
 * fills in minutes: without this the evidence of a `--rm` container would be gone before the exercise is done.
 */
import type { DockerEventObservation } from '../../grader/observer.ts';

/** Far beyond what a lesson makes; about 200 bytes each. */
const maxEvents = 2_000;
/** Commands run in containers, which is how health is checked: they must not push out the rest. */
const maxFrequentEvents = 300;
const frequent = /^(exec_create|exec_start|exec_die|health_status|top)\b/;
/** What the grader reads of an event's attributes. */
const keptAttributes = ['image', 'name', 'exitCode'];

export class EventLedger {
  readonly #events = new Map<string, DockerEventObservation>();
  readonly #frequentEvents = new Map<string, DockerEventObservation>();

  add(event: DockerEventObservation): void {
    const isFrequent = frequent.test(event.action);
    const events = isFrequent ? this.#frequentEvents : this.#events;
    const key = `${event.timeNano} ${event.type} ${event.action} ${event.actorId}`;
    if (events.has(key)) return;
    const attributes = keptAttributes.flatMap((name) => {
      const value = event.attributes[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    events.set(key, { ...event, attributes: Object.fromEntries(attributes) });
    const most = isFrequent ? maxFrequentEvents : maxEvents;
    for (const oldest of events.keys()) {
      if (events.size <= most) break;
      events.delete(oldest);
    }
  }

  /** Forgets what came after a moment, in milliseconds since 1970. */
  rewind(atMs: number): void {
    const last = BigInt(atMs) * 1_000_000n;
    for (const events of [this.#events, this.#frequentEvents]) {
      for (const [key, { timeNano }] of events) if (timeNano > last) events.delete(key);
    }
  }

  /** Oldest first. */
  list(): DockerEventObservation[] {
    const all = [...this.#events.values(), ...this.#frequentEvents.values()];
    return all.toSorted((left, right) => (left.timeNano < right.timeNano ? -1 : 1));
  }
}

/** One for each learner, of the machine that they have now. */
export class EventLedgers {
  readonly #ledgers = new Map<string, { sandboxId: string; ledger: EventLedger }>();

  /** What was seen of that machine; a look that is late does not make another's forgotten. */
  known(learnerId: string, sandboxId: string): DockerEventObservation[] {
    const known = this.#ledgers.get(learnerId);
    return known?.sandboxId === sandboxId ? known.ledger.list() : [];
  }

  /** For who follows it: an empty one where the learner has another machine by now. */
  of(learnerId: string, sandboxId: string): EventLedger {
    const known = this.#ledgers.get(learnerId);
    if (known?.sandboxId === sandboxId) return known.ledger;
    const ledger = new EventLedger();
    this.#ledgers.set(learnerId, { sandboxId, ledger });
    return ledger;
  }

  /** The machine went back to what it was at `takenAt` (ISO 8601). */
  rewind(learnerId: string, takenAt: string): void {
    this.#ledgers.get(learnerId)?.ledger.rewind(Date.parse(takenAt));
  }
}
