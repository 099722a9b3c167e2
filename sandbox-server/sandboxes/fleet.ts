/** All sandboxes of this server: what is made, handed out, and ended. */
import type { Logger } from 'pino';
import type { Capacity, CheckpointBounds } from '../../protocol/capacity.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { LimitOverrides, Limits } from '../../protocol/limits.ts';
import type { CapacityView, CheckpointTaken, EndedFor, PoolView } from '../../protocol/sandbox-api.ts';
import type { NetworkMode, SandboxEngine } from '../engine.ts';
import { Admission } from './admission.ts';
import { capacityView } from './capacity-view.ts';
import { endAll } from './end-all.ts';
import { randomId } from './id.ts';
import { checkLimits } from './limit-check.ts';
import { Pool, pooledNetwork } from './pool.ts';
import { Sandbox } from './sandbox.ts';
import { StartLine } from './start-line.ts';

/** What a sandbox is asked for with. */
export interface SandboxWish {
  network: NetworkMode;
  limits: LimitOverrides;
}

export interface FleetOptions {
  engine: SandboxEngine;
  capacity: Capacity;
  /** Of the pool, where an operator set another than the configuration's. */
  poolSize: number | null;
  /** Of each sandbox; the most that can be asked for. */
  limits: Limits;
  /** Of each sandbox. */
  checkpoints: CheckpointBounds;
  /** What nobody waits for then waits, for a while. */
  isHostBusy: () => Promise<boolean>;
  log: Logger;
}

export class Fleet implements AsyncDisposable {
  readonly #options: FleetOptions;
  readonly #sandboxes = new Map<string, Sandbox>();
  readonly #pool: Pool;
  readonly #admission: Admission;
  readonly #line = new StartLine();
  #lastFault: string | null = null;

  constructor(options: FleetOptions) {
    this.#options = options;
    const { engine, capacity, poolSize, log } = options;
    engine.onRunaway((id, cause) => void this.#end(id, cause));
    this.#admission = new Admission({
      capacity,
      room: () => engine.room(),
      running: () => this.all.filter((sandbox) => sandbox.isRunning).length + this.#pool.ready,
      giveUpOne: () => this.#pool.giveUpOne(),
    });
    this.#pool = new Pool({
      size: poolSize ?? capacity.warm,
      make: () =>
        this.#admission.count(() =>
          this.#make({ network: pooledNetwork, limits: {} }, { inBackground: true }),
        ),
      discard: (sandbox) => this.#admission.count(() => this.#discard(sandbox)),
      // Where nobody works there is nobody to slow down.
      shouldWait: async () => this.all.some((sandbox) => sandbox.isRunning) && (await options.isHostBusy()),
      log,
    });
  }

  /** Only a learner's can run away. */
  async #end(id: string, cause: EndedFor): Promise<void> {
    this.#options.log.warn({ id, cause }, 'a sandbox took what all share, and is ended');
    await this.#sandboxes
      .get(id)
      ?.end(cause)
      .catch((error: unknown) => {
        this.#options.log.error({ id, error }, 'a sandbox that is to be ended could not be stopped');
      });
  }

  /** Takes up what an earlier server left. */
  async recover(): Promise<void> {
    const { engine, log } = this.#options;
    for (const found of await engine.recover()) {
      const sandbox = new Sandbox(engine, found, this.#line);
      if (found.pooled && found.status === 'stopped') await this.#discard(sandbox);
      else if (found.pooled) this.#pool.add(sandbox);
      else this.#sandboxes.set(found.id, sandbox);
      if (found.status === 'running') void sandbox.recoverDocker();
    }
    log.info({ sandboxes: this.#sandboxes.size, warm: this.#pool.ready }, 'found again after the restart');
    await this.#pool.resize(this.#pool.size);
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
    return this.#pool.ready;
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

  /** How much is taken, what is left, and what one costs. */
  capacity(): Promise<CapacityView> {
    const { engine, capacity } = this.#options;
    return capacityView({ engine, capacity, sandboxes: this.all, warm: this.#pool.waiting });
  }

  get pool(): PoolView {
    const { size, ready, isMaking, fault } = this.#pool;
    return { size, ready, making: isMaking ? 1 : 0, ...(fault !== null && { reason: fault }) };
  }

  async resizePool(size: number | null): Promise<void> {
    await this.#pool.resize(size ?? this.#options.capacity.warm);
  }

  /** A warm one where there is one of that kind, else a new one. Throws as `Admission.admit` where there is no room. */
  async create(wish: SandboxWish): Promise<Sandbox> {
    checkLimits(wish.limits, this.#options.limits);
    this.#admission.refuseWhileClosing();
    const sandbox = await this.#admission.count(() => this.#handOut(wish));
    this.refill();
    return sandbox;
  }

  async #handOut(wish: SandboxWish): Promise<Sandbox> {
    const sandbox = (await this.#takeWarm(wish)) ?? (await this.#make(wish, { inBackground: false }));
    try {
      await this.#options.engine.claim(sandbox.id);
    } catch (error) {
      await this.#discard(sandbox);
      throw this.#startFailed(error);
    }
    this.#sandboxes.set(sandbox.id, sandbox);
    return sandbox;
  }

  async #takeWarm({ network, limits }: SandboxWish): Promise<Sandbox | null> {
    // Those that wait have the limits of most: a disk of another size cannot be had from one.
    if (network !== pooledNetwork || Object.keys(limits).length > 0) return null;
    return await this.#pool.take();
  }

  async #make({ network, limits: overrides }: SandboxWish, priority: { inBackground: boolean }) {
    const { engine } = this.#options;
    // A full house is nothing to be mended, unlike what the engine has not enough of.
    await this.#admission.admit(priority);
    try {
      const id = randomId();
      let startsDocker = true;
      const make = async () => {
        this.#admission.refuseWhileClosing();
        startsDocker = priority.inBackground || this.#line.isShort;
        return await engine.create({ id, network, limits: overrides, startsDocker, ...priority });
      };
      // The one for the pool is made beside the line: it has little weight, and nobody waits for it.
      const facts = await (priority.inBackground ? make() : this.#line.machine(make));
      this.#lastFault = null;
      const sandbox = new Sandbox(engine, { id, network, ...facts }, this.#line);
      void sandbox.followDockerStart({ begun: startsDocker });
      return sandbox;
    } catch (error) {
      throw this.#startFailed(error);
    }
  }

  /** A stopped one runs again. Throws as `Admission.admit` where there is no room. */
  async start(id: string): Promise<Sandbox> {
    const sandbox = this.get(id);
    this.#admission.refuseWhileClosing();
    if (sandbox.isRunning) return sandbox;
    return await this.#admission.count(async () => {
      await this.#admission.admit({ inBackground: false });
      await sandbox.start();
      return sandbox;
    });
  }

  #startFailed(error: unknown): CodedError {
    this.#lastFault = (error as Error).message;
    if (error instanceof CodedError) return error;
    const message = `a sandbox could not be made: ${this.#lastFault}`;
    return new CodedError('SANDBOX_START_FAILED', message, { cause: error });
  }

  /** Fills the pool in the background. */
  refill(): void {
    if (!this.#admission.isClosing) this.#pool.refill();
  }

  /** Throws as `Admission.admit` for a stopped one where there is no room. */
  async restore(id: string, checkpointId: string): Promise<Sandbox> {
    const sandbox = this.get(id);
    this.#admission.refuseWhileClosing();
    return await this.#admission.count(async () => {
      if (!sandbox.isRunning) await this.#admission.admit({ inBackground: false });
      await sandbox.restore(checkpointId);
      return sandbox;
    });
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
    this.#admission.close();
    await this.#pool[Symbol.asyncDispose]();
    await this.#admission.settled();
  }

  /** For good: learners' sandboxes are stopped and keep their disks, warm ones go. Rejects where one could not. */
  async shutDown(): Promise<void> {
    await this.#close();
    const warm = this.#pool.empty();
    await endAll({ stopped: this.all, destroyed: warm });
  }

  /** Ends this process's part only; sandboxes go on. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}
