/** All sandboxes of this server, and the pool of warm ones that makes a learner's first prompt immediate. */
import type { Logger } from 'pino';
import { CodedError } from '../../protocol/errors.ts';
import type { NetworkMode, SandboxEngine } from '../engine.ts';
import { randomId } from './id.ts';
import { Sandbox } from './sandbox.ts';

const refillRetryMs = 5_000;

export interface FleetOptions {
  engine: SandboxEngine;
  /** Sandboxes kept ready. */
  warm: number;
  maxSandboxes: number;
  log: Logger;
}

export class Fleet implements AsyncDisposable {
  readonly #options: FleetOptions;
  readonly #sandboxes = new Map<string, Sandbox>();
  readonly #pool: Sandbox[] = [];
  #creating = 0;
  #refilling: Promise<void> | null = null;
  #closing = false;
  #lastFault: string | null = null;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier server left. */
  async recover(): Promise<void> {
    const { engine, log } = this.#options;
    for (const found of await engine.recover()) {
      const sandbox = new Sandbox(engine, found);
      if (found.pooled && found.status === 'stopped') {
        await sandbox.destroy();
        continue;
      }
      if (found.pooled) this.#pool.push(sandbox);
      else this.#sandboxes.set(found.id, sandbox);
      if (found.status === 'running') void sandbox.followDockerStart();
    }
    log.info({ sandboxes: this.#sandboxes.size, warm: this.#pool.length }, 'found again after the restart');
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
  async create({ network }: { network: NetworkMode }): Promise<Sandbox> {
    const index = this.#pool.findIndex((sandbox) => sandbox.network === network);
    const [warm] = index < 0 ? [] : this.#pool.splice(index, 1);
    const sandbox = warm ?? (await this.#make(network));
    try {
      await this.#options.engine.claim(sandbox.id);
    } catch (error) {
      await sandbox.destroy();
      throw error;
    }
    this.#sandboxes.set(sandbox.id, sandbox);
    this.refill();
    return sandbox;
  }

  async #make(network: NetworkMode): Promise<Sandbox> {
    const { engine, maxSandboxes } = this.#options;
    const count = this.#sandboxes.size + this.#pool.length + this.#creating;
    if (count >= maxSandboxes) {
      throw new CodedError(
        'SANDBOX_FULL',
        `${count} sandboxes exist, the most this server may hold; destroy one`,
      );
    }
    this.#creating += 1;
    try {
      const id = randomId();
      const facts = await engine.create({ id, network });
      this.#lastFault = null;
      const sandbox = new Sandbox(engine, { id, network, ...facts });
      void sandbox.followDockerStart();
      return sandbox;
    } catch (error) {
      this.#lastFault = (error as Error).message;
      if (error instanceof CodedError) throw error;
      throw new CodedError('SANDBOX_START_FAILED', `a sandbox could not be made: ${this.#lastFault}`, {
        cause: error,
      });
    } finally {
      this.#creating -= 1;
    }
  }

  /** Fills the pool in the background, one sandbox after the other. */
  refill(): void {
    this.#refilling ??= this.#fill().finally(() => {
      this.#refilling = null;
    });
  }

  async #fill(): Promise<void> {
    while (this.#pool.length < this.#options.warm && !this.#closing) {
      try {
        const sandbox = await this.#make('packages');
        await sandbox.view({ waitForDocker: true });
        this.#pool.push(sandbox);
      } catch (error) {
        this.#options.log.error({ error }, 'the pool could not be refilled');
        setTimeout(() => this.refill(), refillRetryMs).unref();
        return;
      }
    }
  }

  async destroy(id: string): Promise<void> {
    const sandbox = this.get(id);
    await sandbox.destroy();
    this.#sandboxes.delete(id);
  }

  /** For good: learners' sandboxes are stopped and keep their disks, warm ones go. */
  async shutDown(): Promise<void> {
    this.#closing = true;
    await this.#refilling;
    await Promise.all([
      ...this.all.map((sandbox) => sandbox.stop()),
      ...this.#pool.splice(0).map((sandbox) => sandbox.destroy()),
    ]);
  }

  /** Ends this process's part only; sandboxes go on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    await this.#refilling;
  }
}
