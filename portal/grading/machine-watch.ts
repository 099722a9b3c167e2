/** Follows one learner's machine while a lesson of theirs is open: Docker's events, and whether Docker runs at all. */
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxState } from '../../protocol/portal-api.ts';
import type { SandboxClient } from '../../sandbox-client/client.ts';
import { followDockerEvents } from '../../sandbox-client/docker-events.ts';
import { isAborted } from '../aborted.ts';
import type { Log } from '../log.ts';
import type { LearnerSandboxes } from '../sandboxes/learner-sandboxes.ts';
import type { EventLedgers } from './event-ledgers.ts';
import type { Cause } from './exercise-watch.ts';

export interface MachineWatchOptions {
  learnerId: string;
  client: SandboxClient;
  sandboxes: LearnerSandboxes;
  ledgers: EventLedgers;
  onCause: (cause: Cause) => void;
  log: Log;
}

/** Between attempts to follow what does not let itself be followed; doubled each time. */
const firstRetryMs = 250;
const maxRetryMs = 5_000;
/** After a command's end, while Docker does not run: dockerd needs 1.5 s to be ready. */
const handStartedAfterMs = [0, 1_500, 4_000];

export class MachineWatch implements Disposable {
  readonly #options: MachineWatchOptions;
  readonly #stopped = new AbortController();
  /** Ends the present wait or stream when the machine is another. */
  #interruption = new AbortController();
  #followed: string | null = null;
  #retryMs = firstRetryMs;
  #questions: NodeJS.Timeout[] = [];

  constructor(options: MachineWatchOptions) {
    this.#options = options;
    void this.#run();
  }

  /** The machine may be in another state than the one that is followed or waited for. */
  onState(state: SandboxState): void {
    if (state.status === 'running' && state.docker === 'ready' && this.#followed === state.bootId) return;
    if (this.#followed === null && state.docker !== 'ready' && state.status !== 'unavailable') return;
    this.#interruption.abort();
  }

  /** A command may have started Docker by hand, which tells nobody; it takes a moment to be up. */
  onCommandFinished(): void {
    for (const timer of this.#questions) clearTimeout(timer);
    if (this.#followed !== null) return;
    this.#questions = handStartedAfterMs.map((delayMs) => setTimeout(() => void this.#announce(), delayMs));
  }

  [Symbol.dispose](): void {
    for (const timer of this.#questions) clearTimeout(timer);
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    const stopped = this.#stopped.signal;
    while (!stopped.aborted) {
      this.#interruption = new AbortController();
      const startMs = performance.now();
      const outcome = await this.#follow(AbortSignal.any([stopped, this.#interruption.signal]));
      if (outcome === 'idle') {
        await untilAborted(AbortSignal.any([stopped, this.#interruption.signal]));
        continue;
      }
      if (performance.now() - startMs > maxRetryMs) this.#retryMs = firstRetryMs;
      // What is announced here is no reason to be quicker: Docker may be called ready a moment longer than it is.
      await this.#announce();
      await pause(this.#nextRetryMs(), stopped);
      if (!stopped.aborted) await this.#announce();
    }
  }

  /** `idle`: there is nothing to follow, until a state says otherwise. */
  async #follow(signal: AbortSignal): Promise<'idle' | 'ended'> {
    const { client, sandboxes, ledgers, learnerId, onCause, log } = this.#options;
    try {
      const view = await sandboxes.view(learnerId);
      if (view?.status !== 'running' || view.docker !== 'ready') return 'idle';
      const onOpen = (): void => {
        this.#followed = view.bootId;
        onCause('docker-started-or-stopped');
      };
      // What happened while nobody looked comes first, as far as Docker remembers it.
      const follow = { client, sandboxId: view.id, sinceMs: 1, signal, onOpen };
      for await (const event of followDockerEvents(follow)) {
        ledgers.add(learnerId, view.id, event);
        onCause('docker-event');
      }
    } catch (error) {
      if (this.#stopped.signal.aborted) return 'idle';
      if (!signal.aborted) log.info({ err: error }, "a machine's Docker cannot be followed now");
    } finally {
      this.#followed = null;
    }
    onCause('docker-started-or-stopped');
    return 'ended';
  }

  async #announce(): Promise<void> {
    const { sandboxes, learnerId, log } = this.#options;
    try {
      await sandboxes.announce(learnerId);
    } catch (error) {
      if (!isAborted(error)) log.warn({ err: error }, "cannot tell a machine's state");
    }
  }

  #nextRetryMs(): number {
    const waitMs = this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, maxRetryMs);
    return waitMs;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  // Only the signal makes it reject.
  await delay(waitMs, undefined, { signal }).catch(() => {});
}
