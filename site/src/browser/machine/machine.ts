import type { LifetimeState, SandboxState } from '../../../../protocol/portal-api.ts';
import type { SandboxUsage, UsageReport } from '../../../../protocol/usage.ts';
import { backoffMs } from '../page/backoff.ts';
import { explain, portal } from '../page/portal.ts';
import { Signal } from '../page/signal.ts';
import { lifetimeNotices } from './lifetime.ts';
import { LimitNotices } from './limits.ts';
import type { MachineNotice } from './machine-notice.ts';
import { describeReturn } from './machine-text.ts';

export type MachineTask = 'starting' | 'resetting' | 'going-back' | 'starting-docker';

/** The learner's machine as this page knows it: what requests answered and what events told. */
export class Machine {
  /** `null` until first heard of. */
  readonly state = new Signal<SandboxState | null>(null);
  readonly task = new Signal<MachineTask | null>(null);
  /** A sentence about the last request, where it failed. */
  readonly fault = new Signal<string | null>(null);

  /** A sentence for whoever sees the machine's shells next. */
  readonly news = new Signal<string | null>(null);

  /** What the frame says of it. */
  readonly notices = new Signal<readonly MachineNotice[]>([]);
  /** Null while it does not run. */
  readonly usage = new Signal<SandboxUsage | null>(null);
  readonly #limits = new LimitNotices();
  #lifetime: readonly MachineNotice[] = [];

  /** What is known of it is of a machine that is just going. */
  get isBeingReplaced(): boolean {
    return this.task.value === 'resetting' || this.task.value === 'going-back';
  }

  get isRunning(): boolean {
    return this.state.value?.status === 'running';
  }

  /** Makes sure of a session and a machine; keeps trying while the portal is down or full. Resolves when it runs. */
  async start(): Promise<void> {
    this.task.set('starting');
    try {
      for (let failures = 1; !(await this.#tryStart()); failures++) {
        // The place is kept; the stream of events tells what becomes of it.
        if (this.state.value?.status === 'queued') {
          await this.state.until((state) => state?.status !== 'queued');
          continue;
        }
        const pauseMs = Math.max(1_000, backoffMs(failures, Math.random()));
        const paused = new Promise((resolve) => setTimeout(resolve, pauseMs));
        await Promise.race([paused, this.state.until((state) => state?.status === 'running')]);
      }
    } finally {
      this.task.set(null);
    }
  }

  async reset(): Promise<void> {
    await this.#perform('resetting', () => portal.resetSandbox());
  }

  /** Back to the start of an exercise, `moment`. Resolves with what came of it, null where that is a fault. */
  async goBack(exerciseId: string, moment: string): Promise<string | null> {
    let news: string | null = null;
    await this.#perform('going-back', async () => {
      const { sandbox, lostContainers } = await portal.restart(exerciseId);
      news = describeReturn(moment, lostContainers);
      this.news.set(news);
      return sandbox;
    });
    return news;
  }

  async startDocker(): Promise<void> {
    await this.#perform('starting-docker', () => portal.startDocker());
  }

  accept(state: SandboxState): void {
    const another = state.bootId !== this.state.value?.bootId || state.status !== 'running';
    this.state.set(state);
    if (!another) return;
    this.usage.set(null);
    this.#limits.clear();
    this.#showNotices();
  }

  acceptUsage(report: UsageReport): void {
    this.usage.set(report.usage);
    this.#limits.accept(report);
    this.#showNotices();
  }

  #showNotices(): void {
    const limits = this.#limits.list(() => this.#showNotices());
    this.notices.set([...this.#lifetime, ...limits]);
  }

  acceptLifetime(state: LifetimeState): void {
    const deeds = {
      extend: () => this.#askLifetime(() => portal.extend()),
      readNews: () => void this.#askLifetime(() => portal.readNews()),
    };
    this.#lifetime = lifetimeNotices(state, deeds, performance.now());
    this.#showNotices();
  }

  async #askLifetime(request: () => Promise<LifetimeState>): Promise<void> {
    try {
      this.acceptLifetime(await request());
      this.fault.set(null);
    } catch (error) {
      this.fault.set(explain(error));
    }
  }

  async #tryStart(): Promise<boolean> {
    if (this.isRunning) return true;
    await this.#request(async () => {
      this.accept((await portal.me()).sandbox);
      return portal.startSandbox();
    });
    return this.isRunning;
  }

  async #perform(task: MachineTask, request: () => Promise<SandboxState>): Promise<void> {
    this.task.set(task);
    await this.#request(request);
    this.task.set(null);
  }

  async #request(request: () => Promise<SandboxState>): Promise<void> {
    try {
      this.accept(await request());
      this.fault.set(null);
    } catch (error) {
      this.fault.set(explain(error));
    }
  }
}
