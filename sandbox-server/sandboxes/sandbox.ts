/** One sandbox as the server knows it: its life, whether Docker is up, its terminals. */
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../protocol/errors.ts';
import type { Limits } from '../../protocol/limits.ts';
import type {
  CheckpointTaken,
  DockerAsked,
  EndedFor,
  OpenTerminal,
  SandboxPlan,
  SandboxView,
} from '../../protocol/sandbox-api.ts';
import type { CheckpointBounds } from '../../protocol/capacity.ts';
import type { NetworkMode, SandboxEngine } from '../engine.ts';
import { Terminal } from '../terminals/terminal.ts';
import { takeCheckpoint } from './checkpoints.ts';
import { endGently } from './gentle-end.ts';
import { randomId } from './id.ts';
import type { StartLine } from './start-line.ts';

const dockerStartTimeoutMs = 30_000;
const pingIntervalMs = 25;

export interface SandboxFacts {
  id: string;
  network: NetworkMode;
  createdAt: string;
  bootId: string;
  limits: Limits;
}

export class Sandbox {
  readonly id: string;
  readonly network: NetworkMode;
  readonly createdAt: string;
  readonly limits: Limits;
  /** What its owner told of it. */
  plan: SandboxPlan | null = null;
  #endedFor: EndedFor | null = null;
  readonly #engine: SandboxEngine;
  readonly #line: StartLine;
  readonly #terminals = new Map<string, Terminal>();
  readonly #stopListeners = new Set<() => void>();
  #bootId: string;
  #dockerStarting: Promise<boolean> | null = null;
  /** When it was last asked. */
  #dockerAnswered = false;
  #changing: Promise<unknown> = Promise.resolve();
  /** Ends a checkpoint under way: nobody waits for one to have their machine ended. */
  #checkpointing = new AbortController();

  constructor(engine: SandboxEngine, facts: SandboxFacts, line: StartLine) {
    this.#engine = engine;
    this.#line = line;
    this.id = facts.id;
    this.network = facts.network;
    this.createdAt = facts.createdAt;
    this.limits = facts.limits;
    this.#bootId = facts.bootId;
  }

  /** Stop, start, destroy and checkpoints of one sandbox never overlap. */
  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#changing.then(work, work);
    this.#changing = mine.catch(() => undefined);
    return mine;
  }

  /** Starts Docker when its turn has come, unless that has `begun`; true when it answers within 30 s of that. */
  followDockerStart({ begun }: { begun: boolean }): Promise<boolean> {
    this.#dockerStarting ??= this.#line
      .docker(() => this.#bringUpDocker({ begun }), { begun })
      .finally(() => {
        this.#dockerStarting = null;
      });
    return this.#dockerStarting;
  }

  /** After a restart of the server: of what runs on, Docker may not have had its turn yet. */
  async recoverDocker(): Promise<void> {
    if (!(await this.#engine.dockerAnswers(this.id))) await this.followDockerStart({ begun: false });
  }

  async #bringUpDocker({ begun }: { begun: boolean }): Promise<boolean> {
    // Whether that worked is seen by whether it answers; the machine may have been stopped while it waited.
    if (!begun) await this.#engine.startDocker(this.id, { unlessStartedBefore: true }).catch(() => undefined);
    return await this.#untilDockerAnswers();
  }

  async #untilDockerAnswers(): Promise<boolean> {
    const deadline = Date.now() + dockerStartTimeoutMs;
    while (Date.now() < deadline && this.#engine.isRunning(this.id)) {
      if (await this.#engine.dockerAnswers(this.id)) return true;
      await delay(pingIntervalMs);
    }
    return false;
  }

  get isRunning(): boolean {
    return this.#engine.isRunning(this.id);
  }

  async view({ docker }: { docker?: DockerAsked | undefined } = {}): Promise<SandboxView> {
    if (docker === 'wait' && this.#dockerStarting !== null) await this.#dockerStarting;
    const running = this.#engine.isRunning(this.id);
    if (docker !== 'unasked') this.#dockerAnswered = running && (await this.#engine.dockerAnswers(this.id));
    const ready = running && this.#dockerAnswered;
    return {
      id: this.id,
      status: running ? 'running' : 'stopped',
      ...(!running && this.#endedFor !== null && { endedFor: this.#endedFor }),
      docker: ready ? 'ready' : this.#dockerStarting !== null ? 'starting' : 'stopped',
      network: this.network,
      createdAt: this.createdAt,
      bootId: this.#bootId,
      limits: this.limits,
      ...(this.plan && { plan: this.plan }),
      kernel: { release: os.release(), version: os.version(), machine: os.machine() },
    };
  }

  #closeTerminals(): void {
    for (const terminal of this.#terminals.values()) terminal.close();
    this.#terminals.clear();
  }

  /** What runs is asked to end, and ended some seconds later. */
  stop(): Promise<void> {
    return this.#stop({ gently: true });
  }

  /** At once, and the view says why until it is started again. */
  end(cause: EndedFor): Promise<void> {
    this.#endedFor = cause;
    // A stop that asks first may be under way, and what is to be ended goes on meanwhile.
    this.#engine.kill(this.id);
    return this.#stop({ gently: false });
  }

  #stop({ gently }: { gently: boolean }): Promise<void> {
    this.#endCheckpoint();
    return this.#oneAtATime(async () => {
      this.#closeTerminals();
      if (gently && this.isRunning) await endGently(this.#engine, this.id);
      await this.#engine.stop(this.id);
      for (const listener of this.#stopListeners) listener();
    });
  }

  /** Told when it was stopped, by whomever. Returns what ends it. */
  onStop(listener: () => void): () => void {
    this.#stopListeners.add(listener);
    return () => this.#stopListeners.delete(listener);
  }

  start(): Promise<void> {
    return this.#oneAtATime(async () => {
      if (this.#engine.isRunning(this.id)) return;
      this.#closeTerminals();
      await this.#run();
    });
  }

  async #run(): Promise<void> {
    let startsDocker = true;
    this.#dockerAnswered = false;
    this.#endedFor = null;
    try {
      await this.#line.machine(async () => {
        startsDocker = this.#line.isShort;
        this.#bootId = (await this.#engine.start(this.id, { startsDocker })).bootId;
      });
    } catch (error) {
      if (error instanceof CodedError) throw error;
      const message = `sandbox ${this.id} could not be started: ${(error as Error).message}`;
      throw new CodedError('SANDBOX_START_FAILED', message, { cause: error });
    }
    void this.followDockerStart({ begun: startsDocker });
  }

  /** Throws SANDBOX_NOT_RUNNING, DISK_TOO_SMALL, CHECKPOINT_FAILED. */
  checkpoint(bounds: CheckpointBounds): Promise<CheckpointTaken> {
    const { signal } = this.#checkpointing;
    return this.#oneAtATime(() =>
      takeCheckpoint({ checkpoints: this.#engine.checkpoints, id: this.id, bounds, signal }),
    );
  }

  /** Throws CHECKPOINT_GONE and DISK_TOO_SMALL before anything has ended. */
  restore(checkpointId: string): Promise<void> {
    this.#endCheckpoint();
    return this.#oneAtATime(async () => {
      await this.#engine.checkpoints.prepareRestore(this.id, checkpointId);
      this.#closeTerminals();
      try {
        await this.#engine.stop(this.id);
      } catch (error) {
        if (this.isRunning) await this.#engine.checkpoints.prepareRestore(this.id, null);
        throw error;
      }
      await this.#run();
    });
  }

  #endCheckpoint(): void {
    this.#checkpointing.abort();
    this.#checkpointing = new AbortController();
  }

  destroy(): Promise<void> {
    this.#endCheckpoint();
    return this.#oneAtATime(async () => {
      this.#closeTerminals();
      await this.#engine.destroy(this.id);
    });
  }

  async startDocker(): Promise<void> {
    if (await this.#engine.dockerAnswers(this.id)) return;
    await this.#engine.startDocker(this.id);
    await this.followDockerStart({ begun: true });
  }

  get terminals(): Terminal[] {
    return [...this.#terminals.values()];
  }

  terminal(id: string): Terminal {
    const terminal = this.#terminals.get(id);
    if (terminal === undefined)
      throw new CodedError('TERMINAL_GONE', `sandbox ${this.id} has no terminal ${id}`);
    return terminal;
  }

  openTerminal({ cols, rows, cwd }: OpenTerminal): Terminal {
    const most = this.limits.terminals;
    if (this.terminals.filter((terminal) => terminal.exited === null).length >= most) {
      const found = `sandbox ${this.id} has ${most} terminals`;
      throw new CodedError('TOO_MANY', `${found}, the most there can be; close one`);
    }
    const pty = this.#engine.openPty(this.id, { cols, rows, ...(cwd === undefined ? {} : { cwd }) });
    const terminal = new Terminal({ id: randomId(), pty, cols, rows });
    this.#terminals.set(terminal.id, terminal);
    return terminal;
  }

  closeTerminal(id: string): void {
    this.terminal(id).close();
    this.#terminals.delete(id);
  }
}
