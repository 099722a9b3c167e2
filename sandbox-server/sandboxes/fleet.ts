/** All sandboxes of this server, and the pool of warm ones that makes a learner's first prompt immediate. */
import type { Logger } from 'pino';
import { CodedError } from '../../protocol/errors.ts';
import type { LimitOverrides, Limits } from '../../protocol/limits.ts';
import type { CheckpointTaken } from '../../protocol/sandbox-api.ts';
import type { CheckpointBounds } from '../config.ts';
import type { NetworkMode, SandboxEngine } from '../engine.ts';
import { randomId } from './id.ts';
import { checkLimits } from './limit-check.ts';
import { Sandbox } from './sandbox.ts';

const refillRetryMs = 5_000;

/** What a sandbox is asked for with. */
export interface SandboxWish {
  network: NetworkMode;
  limits: LimitOverrides;
}

export interface FleetOptions {
  engine: SandboxEngine;
  /** Sandboxes kept ready. */
  warm: number;
  maxSandboxes: number;
  /** Of each sandbox; the most that can be asked for. */
  limits: Limits;
  /** Of each sandbox. */
  checkpoints: CheckpointBounds;
  log: Logger;
}

export class Fleet implements AsyncDisposable {
  readonly #options: FleetOptions;
  readonly #sandboxes = new Map<string, Sandbox>();
  readonly #pool: Sandbox[] = [];
  /** Being made or being handed out: in neither of the two above. */
  readonly #underWay = new Set<Promise<Sandbox>>();
  readonly #closing = Promise.withResolvers<void>();
  #isClosing = false;
  #refilling: Promise<void> | null = null;
  #lastFault: string | null = null;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier server left. */
  async recover(): Promise<void> {
    const { engine, log } = this.#options;
    for (const found of await engine.recover()) {
      const sandbox = new Sandbox(engine, found);
      if (found.pooled && found.status === 'stopped') await this.#discard(sandbox);
      else if (found.pooled) this.#pool.push(sandbox);
      else this.#sandboxes.set(found.id, sandbox);
      if (found.status === 'running') void sandbox.followDockerStart();
    }
    log.info({ sandboxes: this.#sandboxes.size, warm: this.#pool.length }, 'found again after the restart');
  }

  /** One nobody has been given. What fails here the next start tries again. */
  async #discard(sandbox: Sandbox): Promise<void> {
    await sandbox.destroy().catch((error: unknown) => {
      this.#options.log.error({ id: sandbox.id, error }, 'a warm sandbox could not be destroyed');
    });
  }

  get all(): Sandbox[] {
    return [...this.#sandboxes.values()];
  }

  get warm(): number {
    return this.#pool.length;
  }

  /** Why the newest attempt to make a sandbox failed; null after one that worked. */
  get lastFault(): string | null {
    return this.#lastFault;
  }

  get(id: string): Sandbox {
    const sandbox = this.#sandboxes.get(id);
    if (sandbox === undefined) throw new CodedError('SANDBOX_GONE', `there is no sandbox ${id}`);
    return sandbox;
  }

  /** A warm one where there is one of that kind, else a new one. */
  async create({ network, limits }: SandboxWish): Promise<Sandbox> {
    checkLimits(limits, this.#options.limits);
    const sandbox = await this.#count(this.#handOut({ network, limits }));
    this.refill();
    return sandbox;
  }

  async #handOut(wish: SandboxWish): Promise<Sandbox> {
    if (this.#isClosing) throw new CodedError('SANDBOX_SERVER_DOWN', 'this server is ending; try again');
    const sandbox = (await this.#takeWarm(wish)) ?? (await this.#make(wish));
    try {
      await this.#options.engine.claim(sandbox.id);
    } catch (error) {
      await this.#discard(sandbox);
      throw this.#startFailed(error);
    }
    this.#sandboxes.set(sandbox.id, sandbox);
    return sandbox;
  }

  /** One that died while it waited, killed for want of memory, is not handed out. */
  async #takeWarm({ network, limits }: SandboxWish): Promise<Sandbox | null> {
    // Those that wait have the limits of most: a disk of another size cannot be had from one.
    if (Object.keys(limits).length > 0) return null;
    for (;;) {
      const index = this.#pool.findIndex((sandbox) => sandbox.network === network);
      const [warm] = index < 0 ? [] : this.#pool.splice(index, 1);
      if (warm === undefined) return null;
      if (warm.isRunning) return warm;
      await this.#discard(warm);
    }
  }

  async #count(work: Promise<Sandbox>): Promise<Sandbox> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  get #held(): number {
    return this.#sandboxes.size + this.#pool.length + this.#underWay.size;
  }

  async #make({ network, limits: overrides }: SandboxWish): Promise<Sandbox> {
    const { engine, maxSandboxes } = this.#options;
    // Counted among those under way is the one to be made.
    if (this.#held > maxSandboxes) {
      const found = `${this.#held - 1} sandboxes exist, the most this server may hold`;
      throw new CodedError('SANDBOX_FULL', `${found}; destroy one`);
    }
    try {
      const id = randomId();
      const facts = await engine.create({ id, network, limits: overrides });
      this.#lastFault = null;
      const sandbox = new Sandbox(engine, { id, network, ...facts });
      void sandbox.followDockerStart();
      return sandbox;
    } catch (error) {
      throw this.#startFailed(error);
    }
  }

  #startFailed(error: unknown): CodedError {
    this.#lastFault = (error as Error).message;
    if (error instanceof CodedError) return error;
    const message = `a sandbox could not be made: ${this.#lastFault}`;
    return new CodedError('SANDBOX_START_FAILED', message, { cause: error });
  }

  /** Fills the pool in the background, one sandbox after the other. */
  refill(): void {
    this.#refilling ??= this.#fill().finally(() => {
      this.#refilling = null;
    });
  }

  async #fill(): Promise<void> {
    const { warm, maxSandboxes, log } = this.#options;
    while (this.#pool.length < warm && this.#held < maxSandboxes && !this.#isClosing) {
      try {
        // Not counted as warm before Docker is up; ending does not wait for that.
        await this.#count(
          this.#make({ network: 'packages', limits: {} }).then((sandbox) => this.#warmUp(sandbox)),
        );
      } catch (error) {
        log.error({ error }, 'the pool could not be refilled');
        setTimeout(() => this.refill(), refillRetryMs).unref();
        return;
      }
    }
  }

  async #warmUp(sandbox: Sandbox): Promise<Sandbox> {
    await Promise.race([sandbox.view({ waitForDocker: true }), this.#closing.promise]);
    this.#pool.push(sandbox);
    return sandbox;
  }

  checkpoint(id: string): Promise<CheckpointTaken> {
    return this.get(id).checkpoint(this.#options.checkpoints);
  }

  async destroy(id: string): Promise<void> {
    const sandbox = this.get(id);
    await sandbox.destroy();
    this.#sandboxes.delete(id);
    this.refill();
  }

  /** Nothing new is begun; what is under way is waited for, whatever becomes of it. */
  async #close(): Promise<void> {
    this.#isClosing = true;
    this.#closing.resolve();
    await Promise.allSettled([...this.#underWay, this.#refilling]);
  }

  /** For good: learners' sandboxes are stopped and keep their disks, warm ones go. Rejects where one could not. */
  async shutDown(): Promise<void> {
    await this.#close();
    const warm = this.#pool.splice(0);
    const ends = await Promise.allSettled([
      ...this.all.map((sandbox) => sandbox.stop()),
      ...warm.map((sandbox) => sandbox.destroy()),
    ]);
    const faults = ends.filter((end) => end.status === 'rejected').map((end) => end.reason as Error);
    if (faults.length === 0) return;
    const found = faults.map(({ message }) => message).join('; ');
    throw new CodedError('INTERNAL', `${faults.length} sandboxes could not be stopped: ${found}`);
  }

  /** Ends this process's part only; sandboxes go on. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}
