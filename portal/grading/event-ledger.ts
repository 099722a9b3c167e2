/** What the Docker of one watched machine has reported, bounded. */
import type { DockerEventObservation } from '../../grader/observer.ts';
import type { KeptEvent } from '../store/docker-events.ts';

export const ledgerBounds = {
  /** Far beyond what a lesson makes; about 200 bytes each. */
  most: 2_000,
  /** Commands run in containers, which is how health is checked: they must not push out the rest. */
  mostFrequent: 300,
} as const;
const frequent = /^(exec_create|exec_start|exec_die|health_status|top)\b/;
/** What the grader reads of an event's attributes. */
const keptAttributes = ['image', 'name', 'exitCode'];
/** A name of Docker's is never so long; a learner's own Docker may say anything. */
const maxTextLength = 512;

export class EventLedger {
  readonly #events = new Map<string, DockerEventObservation>();
  readonly #frequentEvents = new Map<string, DockerEventObservation>();

  /** What was kept of it; null where nothing was, since it was known. */
  add(event: DockerEventObservation): KeptEvent | null {
    const isFrequent = frequent.test(event.action);
    const events = isFrequent ? this.#frequentEvents : this.#events;
    const { type, action, actorId, timeNano } = event;
    const kept = {
      type: type.slice(0, maxTextLength),
      action: action.slice(0, maxTextLength),
      actorId: actorId.slice(0, maxTextLength),
      attributes: withoutOthers(event.attributes),
      timeNano,
    };
    const key = `${timeNano} ${kept.type} ${kept.action} ${kept.actorId}`;
    if (events.has(key)) return null;
    events.set(key, kept);
    const most = isFrequent ? ledgerBounds.mostFrequent : ledgerBounds.most;
    for (const oldest of events.keys()) {
      if (events.size <= most) break;
      events.delete(oldest);
    }
    return { event: kept, isFrequent };
  }

  /** Forgets what came after a moment, in nanoseconds since 1970. */
  rewind(lastNano: bigint): void {
    for (const events of [this.#events, this.#frequentEvents]) {
      for (const [key, { timeNano }] of events) if (timeNano > lastNano) events.delete(key);
    }
  }

  /** Oldest first. */
  list(): DockerEventObservation[] {
    const all = [...this.#events.values(), ...this.#frequentEvents.values()];
    return all.toSorted((left, right) => (left.timeNano < right.timeNano ? -1 : 1));
  }
}

function withoutOthers(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    keptAttributes.flatMap((name) => {
      const value = attributes[name];
      return value === undefined ? [] : [[name, value.slice(0, maxTextLength)]];
    }),
  );
}
