/** Keeps to the lifetimes of all machines: warns, stops, and removes what was stopped for too long. */
import { CodedError } from '../../protocol/errors.ts';
import type { Lifetimes as LifetimeRules } from '../../protocol/lifetimes.ts';
import type { LifetimeState } from '../../protocol/portal-api.ts';
import type { SandboxPlan } from '../../protocol/sandbox-api.ts';
import type { Log } from '../log.ts';
import type { LifetimeStore } from '../store/lifetimes.ts';
import type { SandboxStore } from '../store/sandboxes.ts';
import type { Clock } from './clock.ts';
import type { LearnerSandboxes } from './learner-sandboxes.ts';
import { notAfter, planOf, stageOf, type EndCause, type LifetimeRecord } from './lifetime.ts';

export interface LifetimesOptions {
  sandboxes: Pick<LearnerSandboxes, 'stop' | 'remove' | 'announce' | 'onStart'>;
  store: LifetimeStore;
  owners: Pick<SandboxStore, 'find'>;
  rules: LifetimeRules;
  clock: Clock;
  /** Told of what is meant to become of a machine, as often as that is written down. */
  onPlan: (sandboxId: string, plan: SandboxPlan) => void;
  /** Told right before a machine is stopped because its time is over. */
  onOver?: (sandboxId: string) => void;
  log: Log;
}

interface Life {
  sandboxId: string;
  record: LifetimeRecord;
  /** As it stands in the store. */
  savedActiveAt: number;
  warned: { cause: EndCause; at: number } | null;
  /** It is being stopped or removed. */
  ending: boolean;
  cancel: () => void;
}

type Listener = (learnerId: string, state: LifetimeState) => void;

/** Activity is written down no more often: after a crash a learner counts as idle for so much longer at most. */
const saveEveryMs = 15_000;
/** After the sandbox-server could not be asked. */
const retryMs = 30_000;
/** However far off the next change is: the clock may have been set. */
const longestWaitMs = 24 * 60 * 60 * 1000;

export class Lifetimes implements Disposable {
  readonly #options: LifetimesOptions;
  readonly #lives = new Map<string, Life>();
  readonly #listeners = new Set<Listener>();

  constructor(options: LifetimesOptions) {
    this.#options = options;
    options.sandboxes.onStart((learnerId, sandboxId) => this.#onStart(learnerId, sandboxId));
  }

  /** Takes up what the store has: from here on lives end. */
  begin(): void {
    for (const { learnerId, sandboxId, record } of this.#options.store.all()) {
      this.#save(this.#add(learnerId, sandboxId, record));
      this.#look(learnerId);
    }
  }

  /** Told of each learner whose warning or news may have changed. */
  onState(listener: Listener): void {
    this.#listeners.add(listener);
  }

  /** The learner did something: typed, or asked for a page. */
  touch(learnerId: string): void {
    const life = this.#lives.get(learnerId);
    if (!life || life.record.stoppedAt !== null) return;
    life.record.activeAt = this.#options.clock.now();
    if (life.record.activeAt - life.savedActiveAt >= saveEveryMs) this.#save(life);
    if (life.warned?.cause === 'idle') this.#look(learnerId);
  }

  /** Counts as activity; where the whole time is short it is made longer. Throws NO_MORE_TIME. */
  extend(learnerId: string): LifetimeState {
    const life = this.#lives.get(learnerId);
    if (life && life.record.stoppedAt === null) {
      if (life.warned?.cause === 'wall') {
        if (!this.#canExtend(life.record)) {
          const message = `the machine was extended ${life.record.extensions} times, as often as it may be`;
          throw new CodedError('NO_MORE_TIME', message);
        }
        life.record.extensions += 1;
      }
      life.record.activeAt = this.#options.clock.now();
      this.#save(life);
      this.#look(learnerId);
    }
    return this.state(learnerId);
  }

  /** The learner has read what became of the machine. */
  readNews(learnerId: string): LifetimeState {
    this.#options.store.forgetNews(learnerId);
    return this.#tell(learnerId);
  }

  state(learnerId: string): LifetimeState {
    const { store, clock, rules } = this.#options;
    const news = store.news(learnerId);
    const life = this.#lives.get(learnerId);
    if (!life?.warned) return { warning: null, news };
    const now = clock.now();
    const stage = stageOf(life.record, { lifetimes: rules, now, warned: life.warned });
    const stopsInMs = stage.stage === 'warned' ? stage.stopsAt - now : 0;
    const { cause } = life.warned;
    const canExtend = cause === 'idle' || this.#canExtend(life.record);
    return { warning: { cause, stopsInMs, canExtend }, news };
  }

  [Symbol.dispose](): void {
    for (const life of this.#lives.values()) {
      life.cancel();
      if (life.savedActiveAt !== life.record.activeAt) this.#save(life);
    }
    this.#lives.clear();
  }

  #onStart(learnerId: string, sandboxId: string): void {
    const { store, clock } = this.#options;
    const now = clock.now();
    const before = store.find(sandboxId);
    if (before?.stopCause && before.stopCause !== 'outside') {
      const { stopCause: cause, stoppedAt } = before;
      store.putNews(learnerId, { kind: 'resumed', cause, stoppedAt: stoppedAt ?? now });
    }
    const record = { startedAt: now, activeAt: now, extensions: 0, stoppedAt: null, stopCause: null };
    this.#save(this.#add(learnerId, sandboxId, record));
    this.#look(learnerId);
    this.#tell(learnerId);
  }

  #add(learnerId: string, sandboxId: string, record: LifetimeRecord): Life {
    this.#lives.get(learnerId)?.cancel();
    const savedActiveAt = record.activeAt;
    const life = { sandboxId, record, savedActiveAt, warned: null, ending: false, cancel: () => undefined };
    this.#lives.set(learnerId, life);
    return life;
  }

  #save(life: Life): void {
    const { store, rules, onPlan } = this.#options;
    store.put(life.sandboxId, life.record);
    life.savedActiveAt = life.record.activeAt;
    onPlan(life.sandboxId, planOf(life.record, rules));
  }

  #canExtend({ extensions }: LifetimeRecord): boolean {
    return extensions < this.#options.rules.maxExtensions;
  }

  /** What is due now is done, and the next look is set. */
  #look(learnerId: string): void {
    const life = this.#lives.get(learnerId);
    if (!life || life.ending) return;
    const { owners, rules, clock } = this.#options;
    life.cancel();
    // Replaced by a fresh one, or gone.
    if (owners.find(learnerId) !== life.sandboxId) return void this.#lives.delete(learnerId);
    const now = clock.now();
    life.record = notAfter(now, life.record);
    const stage = stageOf(life.record, { lifetimes: rules, now, warned: life.warned });
    const wait = (until: number): void => {
      life.cancel = clock.after(Math.min(until - now, longestWaitMs), () => this.#look(learnerId));
    };
    switch (stage.stage) {
      case 'runs':
        wait(stage.lookAt);
        return this.#warn(learnerId, life, null);
      case 'warned':
        wait(stage.stopsAt);
        return this.#warn(learnerId, life, stage.cause);
      case 'kept':
        return wait(stage.until);
      case 'over':
        return void this.#end(learnerId, life, () => this.#stop(learnerId, life, stage.cause));
      case 'expired':
        return void this.#end(learnerId, life, () => this.#remove(learnerId, life));
    }
  }

  #warn(learnerId: string, life: Life, cause: EndCause | null): void {
    if (life.warned?.cause !== cause) {
      life.warned = cause && { cause, at: this.#options.clock.now() };
      this.#tell(learnerId);
    } else if (cause !== null) this.#tell(learnerId);
  }

  async #end(learnerId: string, life: Life, work: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#options;
    life.ending = true;
    try {
      await work();
      life.ending = false;
      if (this.#lives.get(learnerId) === life) this.#look(learnerId);
    } catch (error) {
      life.ending = false;
      // This portal ends, or the machine was replaced.
      if (this.#lives.get(learnerId) !== life) return;
      log.warn({ err: error, sandboxId: life.sandboxId }, 'a machine whose time is over could not be ended');
      life.cancel = clock.after(retryMs, () => this.#look(learnerId));
    }
  }

  async #stop(learnerId: string, life: Life, cause: EndCause): Promise<void> {
    const { sandboxes, clock, onOver, log } = this.#options;
    onOver?.(life.sandboxId);
    const { ended } = await sandboxes.stop(learnerId);
    if (this.#lives.get(learnerId) !== life) return;
    life.warned = null;
    if (ended !== 'gone') {
      life.record.stoppedAt = clock.now();
      life.record.stopCause = ended === 'now' ? cause : 'outside';
      this.#save(life);
      log.info({ sandboxId: life.sandboxId, cause: life.record.stopCause }, 'a machine was stopped');
    }
    this.#tell(learnerId);
    await sandboxes.announce(learnerId);
  }

  async #remove(learnerId: string, life: Life): Promise<void> {
    const { sandboxes, store, log } = this.#options;
    const { stoppedAt, stopCause } = life.record;
    await sandboxes.remove(learnerId);
    store.putNews(learnerId, { kind: 'removed', cause: stopCause ?? 'outside', stoppedAt: stoppedAt ?? 0 });
    log.info({ sandboxId: life.sandboxId }, 'a machine that was stopped for long was removed');
    this.#tell(learnerId);
    await sandboxes.announce(learnerId);
  }

  #tell(learnerId: string): LifetimeState {
    const state = this.state(learnerId);
    for (const listener of this.#listeners) listener(learnerId, state);
    return state;
  }
}
