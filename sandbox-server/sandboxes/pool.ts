/**
 * Sandboxes kept ready, Docker up, so that a learner's first prompt is immediate. Refilled one after the other, in the
 * background: each is made with little weight, and while the host is busy with learners' own work the next one waits.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { NetworkMode } from '../engine.ts';
import type { Sandbox } from './sandbox.ts';

export interface PoolOptions {
  size: number;
  /** Makes one with little weight. Rejects where there is no room. */
  make: () => Promise<Sandbox>;
  /** Ends one nobody was given. Never rejects. */
  discard: (sandbox: Sandbox) => Promise<void>;
  /** Whether learners work on a host that is busy. */
  shouldWait: () => Promise<boolean>;
  log: Logger;
}

/** Those made for the pool. */
export const pooledNetwork: NetworkMode = 'packages';

const retryMs = 5_000;
/** Looks in a row without an answer of its Docker, after which another is made: a busy host answers late, not never. */
const mostMissed = 3;
const lookMs = 1_000;
/** A host that is always busy gets its pool all the same, slowly. */
const maxWaitMs = 10_000;

export class Pool implements AsyncDisposable {
  readonly #options: PoolOptions;
  readonly #ready: Sandbox[] = [];
  /** Whose Docker did not answer when last looked at, and how often in a row. */
  readonly #missed = new WeakMap<Sandbox, number>();
  /** The one under way, until somebody who could not wait for it to be warm has been given it. */
  #making: Promise<Sandbox> | null = null;
  #size: number;
  #filling: Promise<void> | null = null;
  #fault: string | null = null;
  #isLooking = false;
  readonly #closing = new AbortController();
  readonly #watch: NodeJS.Timeout;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#watch = setInterval(() => void this.#look(), retryMs).unref();
  }

  get size(): number {
    return this.#size;
  }

  get ready(): number {
    return this.#ready.length;
  }

  get waiting(): readonly Sandbox[] {
    return this.#ready;
  }

  get isMaking(): boolean {
    return this.#making !== null;
  }

  /** Why it is not full, where that is not just time. */
  get fault(): string | null {
    return this.#ready.length < this.#size ? this.#fault : null;
  }

  /** What is beyond a smaller size goes at once. */
  async resize(size: number): Promise<void> {
    this.#size = size;
    await Promise.all(this.#ready.splice(size).map((sandbox) => this.#options.discard(sandbox)));
    this.refill();
  }

  /** One found after a restart, or made warm. */
  add(sandbox: Sandbox): void {
    this.#ready.push(sandbox);
  }

  /**
   * One that runs with its Docker, the oldest first; else the one that is just being made. Taken from here in one step, so
   * nobody else is given it. Null where there is none. Docker is as it was when last looked at: nobody waits for a ping.
   */
  async take(): Promise<Sandbox | null> {
    for (let warm = this.#takeSound(); warm !== undefined; warm = this.#takeSound()) {
      // One may have died while it waited, killed for want of memory.
      if (warm.isRunning) return warm;
      await this.#options.discard(warm);
    }
    const making = this.#making;
    this.#making = null;
    // Whoever fills the pool deals with the fault; whoever asked makes one of their own.
    return making?.catch(() => null) ?? null;
  }

  #takeSound(): Sandbox | undefined {
    const index = this.#ready.findIndex((sandbox) => !this.#missed.has(sandbox));
    return index === -1 ? undefined : this.#ready.splice(index, 1)[0];
  }

  /** Room for somebody who needs it more: one without Docker first. False where there is none to give. */
  async giveUpOne(): Promise<boolean> {
    const lame = this.#ready.findLast((sandbox) => this.#missed.has(sandbox));
    const warm = lame ?? this.#ready.at(-1);
    if (warm === undefined) return false;
    this.#ready.splice(this.#ready.indexOf(warm), 1);
    await this.#options.discard(warm);
    return true;
  }

  refill(): void {
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = null;
    });
  }

  async #fill(): Promise<void> {
    const { signal } = this.#closing;
    while (this.#ready.length < this.#size && !signal.aborted) {
      await this.#untilCalm();
      if (signal.aborted) return;
      try {
        await this.#makeOne();
        this.#fault = null;
      } catch (error) {
        this.#fault = (error as Error).message;
        this.#options.log.warn({ error }, 'the pool could not be refilled');
        setTimeout(() => this.refill(), retryMs).unref();
        return;
      }
    }
  }

  async #makeOne(): Promise<void> {
    const making = this.#options.make();
    this.#making = making;
    try {
      const sandbox = await making;
      // Not counted as warm before Docker is up; ending does not wait for that, and the next server looks again.
      const view = await Promise.race([sandbox.view({ docker: 'wait' }), untilAborted(this.#closing.signal)]);
      // Given away meanwhile, it is no longer ours.
      if (this.#making !== making) return;
      this.#making = null;
      if (view === undefined || view.docker === 'ready') {
        this.#ready.push(sandbox);
        return;
      }
      await this.#options.discard(sandbox);
      throw new Error(`Docker did not come up in ${sandbox.id}, which was made for the pool`);
    } finally {
      if (this.#making === making) this.#making = null;
    }
  }

  async #untilCalm(): Promise<void> {
    const { signal } = this.#closing;
    for (const deadline = Date.now() + maxWaitMs; Date.now() < deadline;) {
      if (signal.aborted || !(await this.#options.shouldWait())) return;
      // Only the signal makes it reject.
      await delay(lookMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const areKept = await Promise.all(this.#ready.map((sandbox) => this.#lookAt(sandbox)));
      if (areKept.includes(false)) this.refill();
    } catch (error) {
      this.#options.log.error({ error }, 'the warm sandboxes could not be looked at');
    } finally {
      this.#isLooking = false;
    }
  }

  /** False where it was thrown away. */
  async #lookAt(sandbox: Sandbox): Promise<boolean> {
    const { docker } = await sandbox.view();
    const index = this.#ready.indexOf(sandbox);
    // Given away meanwhile; or whoever ends has it.
    if (index === -1 || this.#closing.signal.aborted) return true;
    if (docker === 'ready') this.#missed.delete(sandbox);
    else this.#missed.set(sandbox, (this.#missed.get(sandbox) ?? 0) + 1);
    const isLame = docker === 'stopped' && (this.#missed.get(sandbox) ?? 0) >= mostMissed;
    if (sandbox.isRunning && !isLame) return true;
    const what = sandbox.isRunning ? 'the Docker of a warm sandbox' : 'a warm sandbox';
    this.#options.log.warn({ id: sandbox.id }, `${what} died; another is made`);
    this.#ready.splice(index, 1);
    void this.#options.discard(sandbox);
    return false;
  }

  /** Takes out all there are, for whoever ends them. */
  empty(): Sandbox[] {
    return this.#ready.splice(0);
  }

  /** Nothing new is begun; what is under way is waited for. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#watch);
    this.#closing.abort();
    await this.#filling;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
