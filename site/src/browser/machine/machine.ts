import type { SandboxState } from '../../../../protocol/portal-api.ts';
import { backoffMs } from '../page/backoff.ts';
import { explain, portal } from '../page/portal.ts';
import { Signal } from '../page/signal.ts';

export type MachineTask = 'starting' | 'resetting' | 'starting-docker';

/** The learner's machine as this page knows it: what requests answered and what events told. */
export class Machine {
  /** `null` until first heard of. */
  readonly state = new Signal<SandboxState | null>(null);
  readonly task = new Signal<MachineTask | null>(null);
  /** A sentence about the last request, where it failed. */
  readonly fault = new Signal<string | null>(null);

  get isRunning(): boolean {
    return this.state.value?.status === 'running';
  }

  /** Makes sure of a session and a machine; keeps trying while the portal is down or full. Resolves when it runs. */
  async start(): Promise<void> {
    this.task.set('starting');
    try {
      for (let failures = 1; !(await this.#tryStart()); failures++) {
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

  async startDocker(): Promise<void> {
    await this.#perform('starting-docker', () => portal.startDocker());
  }

  accept(state: SandboxState): void {
    this.state.set(state);
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
