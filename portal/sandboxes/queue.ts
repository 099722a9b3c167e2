/**
 * The queue for a machine while there is no room: first come, first served, one place a learner. The place is kept over a
 * reload and over a restart of the portal, and given up some time after the last page has gone.
 */
import type { SandboxState, Shortage } from '../../protocol/portal-api.ts';
import type { PageCompanion } from '../grading/page-companion.ts';
import type { Log } from '../log.ts';
import type { QueueStore } from '../store/queue.ts';
import type { SandboxStore } from '../store/sandboxes.ts';
import type { Clock } from './clock.ts';
import { shortageOf } from './sandbox-faults.ts';
import { estimateMinutes, lateMs } from './waiting-time.ts';

export interface SandboxQueueOptions {
  store: QueueStore;
  /** Whose disk is kept. */
  owners: Pick<SandboxStore, 'find'>;
  clock: Clock;
  /** When each machine that runs will be stopped if its learner does nothing more; milliseconds since 1970. */
  endsAt: () => number[];
  log: Log;
}

export interface QueueHands {
  /** Gives the learner a machine. Rejects where there still is no room. */
  serve: (learnerId: string) => Promise<unknown>;
  /** Tells a learner's pages of a place that may have changed. */
  announce: (learnerId: string) => Promise<unknown>;
}

/** Where a machine may have become free by other hands than ours, it is seen so soon. */
const lookMs = 2_000;
/** A reload takes seconds, a broken network somewhat longer. */
export const graceMs = 60_000;

export class SandboxQueue implements PageCompanion, AsyncDisposable {
  readonly #options: SandboxQueueOptions;
  /** Open pages by learner. */
  readonly #pages = new Map<string, number>();
  /** Since when a learner has no page open. */
  readonly #absentSince = new Map<string, number>();
  /** As the store has it, the first to be served first. */
  #waiting: string[];
  #servedAt: number[] = [];
  #hands: QueueHands | null = null;
  #turn: Promise<void> | null = null;
  /** What the newest attempt met. */
  #shortage: Shortage = 'machines';
  #holds = 0;
  #cancel: () => void = () => undefined;

  constructor(options: SandboxQueueOptions) {
    this.#options = options;
    this.#waiting = options.store.list();
  }

  get length(): number {
    return this.#waiting.length;
  }

  has(learnerId: string): boolean {
    return this.#waiting.includes(learnerId);
  }

  /** What `change` gives; null where there is no room for it, and the learner has a place here now. */
  async orJoin<T>(learnerId: string, change: () => Promise<T>, { atFront = false } = {}): Promise<T | null> {
    try {
      return await change();
    } catch (error) {
      const shortage = shortageOf(error);
      if (shortage === null) throw error;
      this.join(learnerId, { atFront, shortage });
      return null;
    }
  }

  /** Somebody who waits already keeps the place. */
  join(
    learnerId: string,
    { atFront = false, shortage = this.#shortage }: { atFront?: boolean; shortage?: Shortage } = {},
  ): void {
    const { store, clock, log } = this.#options;
    this.#shortage = shortage;
    // Asking again puts off no look: whoever is impatient would hold up everybody.
    if (this.has(learnerId)) return;
    store.join(learnerId, { atFront, now: clock.now() });
    this.#waiting = store.list();
    if (!this.#pages.has(learnerId) && !this.#absentSince.has(learnerId))
      this.#absentSince.set(learnerId, clock.now());
    log.info({ waiting: this.length, shortage }, 'a learner waits for a machine');
    this.#lookLater();
  }

  leave(learnerId: string): void {
    if (!this.has(learnerId)) return;
    const { store } = this.#options;
    store.leave(learnerId);
    this.#waiting = store.list();
    this.#absentSince.delete(learnerId);
  }

  /** Null for who does not wait. */
  state(learnerId: string): SandboxState | null {
    const place = this.#waiting.indexOf(learnerId) + 1;
    if (place === 0) return null;
    const { clock, endsAt, owners } = this.#options;
    const shortage = this.#shortage;
    const facts = { place, now: clock.now(), servedAt: this.#servedAt, endsAt: endsAt() };
    // A machine that ends leaves its disk and its ids: nobody knows when there is room on its own again.
    const minutes = shortage === 'disk' || shortage === 'ids' ? null : estimateMinutes(facts);
    const hasDisk = owners.find(learnerId) !== null;
    const queue = { place, waiting: this.length, estimateMinutes: minutes, shortage, hasDisk };
    return { status: 'queued', docker: 'unknown', bootId: null, queue };
  }

  open(learnerId: string): () => void {
    this.#pages.set(learnerId, (this.#pages.get(learnerId) ?? 0) + 1);
    this.#absentSince.delete(learnerId);
    return () => {
      const left = (this.#pages.get(learnerId) ?? 1) - 1;
      if (left > 0) return void this.#pages.set(learnerId, left);
      this.#pages.delete(learnerId);
      if (this.has(learnerId)) this.#absentSince.set(learnerId, this.#options.clock.now());
    };
  }

  /** From here on those who wait are served; those whom an earlier portal left have the whole grace to come back. */
  begin(hands: QueueHands): void {
    this.#hands = hands;
    for (const learnerId of this.#waiting) this.#absentSince.set(learnerId, this.#options.clock.now());
    this.look();
  }

  /** While `work` goes on nobody is served: what it frees is for itself. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#holds += 1;
    try {
      return await work();
    } finally {
      this.#holds -= 1;
      this.look();
    }
  }

  /** A machine may have become free. */
  look(): void {
    if (this.#hands === null || this.#turn !== null || this.#holds > 0 || this.length === 0) return;
    this.#cancel();
    this.#turn = this.#serveAll(this.#hands)
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'the queue could not be served'))
      .finally(() => {
        this.#turn = null;
        this.#lookLater();
      });
  }

  #lookLater(): void {
    this.#cancel();
    if (this.#hands === null || this.length === 0) return;
    this.#cancel = this.#options.clock.after(lookMs, () => this.look());
  }

  async #serveAll(hands: QueueHands): Promise<void> {
    this.#dropAbsent();
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      if (this.#hands === null || this.#holds > 0 || !(await this.#serve(next, hands))) break;
    }
    if (this.#hands === null) return;
    for (const learnerId of this.#waiting) await hands.announce(learnerId);
  }

  async #serve(learnerId: string, { serve }: QueueHands): Promise<boolean> {
    const { clock, log } = this.#options;
    try {
      await serve(learnerId);
    } catch (error) {
      const shortage = shortageOf(error);
      if (shortage === null)
        log.warn({ err: error }, 'who is first in the queue could not be served; tried again');
      else this.#shortage = shortage;
      return false;
    }
    this.leave(learnerId);
    const now = clock.now();
    this.#servedAt = [...this.#servedAt.filter((at) => now - at <= lateMs), now];
    return true;
  }

  #dropAbsent(): void {
    const { clock, log } = this.#options;
    for (const learnerId of this.#waiting) {
      const since = this.#absentSince.get(learnerId);
      if (since === undefined || clock.now() - since < graceMs) continue;
      this.leave(learnerId);
      log.info({ waiting: this.length }, 'a learner who waited has gone');
    }
  }

  /** Those who wait keep their places; who is just being served is waited for. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancel();
    this.#hands = null;
    await this.#turn;
  }
}
