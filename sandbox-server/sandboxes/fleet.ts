/** All sandboxes of this server: who is admitted, and what is handed out. */
import type { Logger } from 'pino';
import type { Capacity, CheckpointBounds } from '../../protocol/capacity.ts';
import { CodedError } from '../../protocol/errors.ts';
import type { LimitOverrides, Limits } from '../../protocol/limits.ts';
import type { CapacityView, CheckpointTaken, PoolView } from '../../protocol/sandbox-api.ts';
import type { NetworkMode, SandboxEngine } from '../engine.ts';
import { refusal } from './admission.ts';
import { capacityView } from './capacity-view.ts';
import { endAll } from './end-all.ts';
import { randomId } from './id.ts';
import { checkLimits } from './limit-check.ts';
import { Pool, pooledNetwork } from './pool.ts';
import { Sandbox } from './sandbox.ts';
import { StartLine } from './start-line.ts';
import { UnderWay } from './under-way.ts';

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
  /** Being made, started or handed out: in neither of the two above, or not yet running. */
  readonly #underWay = new UnderWay();
  readonly #line = new StartLine();
  #isClosing = false;
  #lastFault: string | null = null;

  constructor(options: FleetOptions) {
    this.#options = options;
    const { capacity, poolSize, log } = options;
    this.#pool = new Pool({
      size: poolSize ?? capacity.warm,
      make: () =>
        this.#underWay.count(() =>
          this.#make({ network: pooledNetwork, limits: {} }, { inBackground: true }),
        ),
      discard: (sandbox) => this.#underWay.count(() => this.#discard(sandbox)),
      // Where nobody works there is nobody to slow down.
      shouldWait: async () => this.all.some((sandbox) => sandbox.isRunning) && (await options.isHostBusy()),
      log,
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

  /** A warm one where there is one of that kind, else a new one. Throws as `#admit` where there is no room. */
  async create(wish: SandboxWish): Promise<Sandbox> {
    checkLimits(wish.limits, this.#options.limits);
    this.#refuseWhileClosing();
    const sandbox = await this.#underWay.count(() => this.#handOut(wish));
    this.refill();
    return sandbox;
  }

  #refuseWhileClosing(): void {
    if (this.#isClosing) throw new CodedError('SANDBOX_SERVER_DOWN', 'this server is ending; try again');
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

  /**
   * Whoever asks is counted among those under way. What stands ready makes room for what is asked for. Throws
   * SANDBOX_FULL, MEMORY_TOO_SMALL, DISK_TOO_SMALL.
   */
  async #admit({ inBackground }: { inBackground: boolean }): Promise<void> {
    const { engine, capacity } = this.#options;
    for (;;) {
      const room = await engine.room();
      const running = this.all.filter((sandbox) => sandbox.isRunning).length + this.#pool.ready;
      const refused = refusal({ running, underWay: this.#underWay.size }, capacity, room);
      if (refused === null) return;
      if (inBackground || !(await this.#pool.giveUpOne())) throw refused;
    }
  }

  async #make({ network, limits: overrides }: SandboxWish, priority: { inBackground: boolean }) {
    const { engine } = this.#options;
    // A full house is nothing to be mended, unlike what the engine has not enough of.
    await this.#admit(priority);
    try {
      const id = randomId();
      let startsDocker = true;
      const make = async () => {
        this.#refuseWhileClosing();
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

  /** A stopped one runs again. Throws as `#admit` where there is no room. */
  async start(id: string): Promise<Sandbox> {
    const sandbox = this.get(id);
    this.#refuseWhileClosing();
    if (sandbox.isRunning) return sandbox;
    return await this.#underWay.count(async () => {
      await this.#admit({ inBackground: false });
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
    if (!this.#isClosing) this.#pool.refill();
  }

  /** Throws as `#admit` for a stopped one where there is no room. */
  async restore(id: string, checkpointId: string): Promise<Sandbox> {
    const sandbox = this.get(id);
    this.#refuseWhileClosing();
    return await this.#underWay.count(async () => {
      if (!sandbox.isRunning) await this.#admit({ inBackground: false });
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
    this.#isClosing = true;
    await this.#pool[Symbol.asyncDispose]();
    await this.#underWay.settled();
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
