/** For tests: who ends machines in time, over a true database and a clock moved by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifetimesSchema } from '../../protocol/lifetimes.ts';
import type { LifetimeState } from '../../protocol/portal-api.ts';
import type { SandboxPlan } from '../../protocol/sandbox-api.ts';
import { createLog } from '../log.ts';
import { Store } from '../store/store.ts';
import { HandClock } from './clock.fixture.ts';
import { Lifetimes } from './lifetimes.ts';

const rules = lifetimesSchema.parse({
  idleSeconds: 3600,
  wallSeconds: 6 * 3600,
  maxExtensions: 1,
  keepDays: 2,
});

/** A portal's keeper over a true database, with machines that only say what was done to them. */
export class Camp implements Disposable {
  readonly clock = new HandClock();
  readonly directory = mkdtempSync(join(tmpdir(), 'lifetimes-'));
  readonly store = new Store(join(this.directory, 'db'));
  readonly learnerId = this.store.learners.create().id;
  readonly done: string[] = [];
  readonly told: LifetimeState[] = [];
  readonly plans: SandboxPlan[] = [];
  ended: 'now' | 'before' | 'gone' = 'now';
  fault: Error | null = null;
  #start: (learnerId: string, sandboxId: string) => void = () => undefined;
  keeper = this.keep();

  keep(): Lifetimes {
    const keeper = new Lifetimes({
      sandboxes: {
        stop: async () => {
          if (this.fault) throw this.fault;
          this.done.push('stop');
          return { ended: this.ended };
        },
        remove: async (learnerId) => {
          this.done.push('remove');
          this.store.sandboxes.forget(learnerId, 'abcdefghijkl');
        },
        announce: async () => ({ status: 'stopped', docker: 'unknown', bootId: null }),
        onStart: (listener) => {
          this.#start = listener;
          return () => true;
        },
      },
      store: this.store.lifetimes,
      owners: this.store.sandboxes,
      rules,
      clock: this.clock,
      onPlan: (_, plan) => this.plans.push(plan),
      log: createLog('silent'),
    });
    keeper.onState((_, state) => this.told.push(state));
    keeper.begin();
    return keeper;
  }

  start(): this {
    if (this.store.sandboxes.find(this.learnerId) === null)
      this.store.sandboxes.assign(this.learnerId, 'abcdefghijkl');
    this.#start(this.learnerId, 'abcdefghijkl');
    return this;
  }

  /** The portal ends and another takes its place. */
  restart(): void {
    this.keeper[Symbol.dispose]();
    this.keeper = this.keep();
  }

  touch(): void {
    this.keeper.touch(this.learnerId);
  }

  get state(): LifetimeState {
    return this.keeper.state(this.learnerId);
  }

  /** Time passes, and what was begun in it has been done. */
  async pass(ms: number): Promise<void> {
    this.clock.pass(ms);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  }

  [Symbol.dispose](): void {
    this.keeper[Symbol.dispose]();
    this.store[Symbol.dispose]();
    rmSync(this.directory, { recursive: true });
  }
}
