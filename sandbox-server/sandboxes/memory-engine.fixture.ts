/** For tests: an engine whose sandboxes are entries of a map, as `SandboxEngine` promises them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { capacitySchema, checkpointBoundsSchema, type Capacity } from '../../protocol/capacity.ts';
import { limitsSchema } from '../../protocol/limits.ts';
import type { CreateOptions, FoundSandbox, HostRoom, SandboxEngine } from '../engine.ts';
import { Fleet } from './fleet.ts';

const limits = limitsSchema.parse({});

type Held = { alive: boolean; claimed: boolean; background: boolean; docker: boolean };

export class MemoryEngine {
  readonly sandboxes = new Map<string, Held>();
  /** Ids in the order they were claimed. */
  readonly claims: string[] = [];
  hostRoom: HostRoom = { memoryAvailableBytes: Infinity, diskFreeBytes: Infinity };
  /** Most that ever ran at once. */
  peak = 0;
  /** Awaited by every making in the background. */
  gate: Promise<void> = Promise.resolve();
  isHostBusy = false;
  makeFault: Error | null = null;
  /** How many more are made whose Docker does not come up. */
  makesWithoutDocker = 0;

  get running(): number {
    return [...this.sandboxes.values()].filter(({ alive }) => alive).length;
  }

  async create({ id, inBackground = false, startsDocker }: CreateOptions) {
    await nextTurn();
    if (inBackground) await this.gate;
    if (this.makeFault !== null) throw this.makeFault;
    const docker = startsDocker && this.makesWithoutDocker === 0;
    if (this.makesWithoutDocker > 0) this.makesWithoutDocker -= 1;
    this.sandboxes.set(id, { alive: true, claimed: false, background: inBackground, docker });
    this.peak = Math.max(this.peak, this.running);
    return { bootId: id, createdAt: new Date(0).toISOString(), limits };
  }

  async claim(id: string): Promise<void> {
    await nextTurn();
    const held = this.sandboxes.get(id);
    if (!held || held.claimed) throw new Error(`${id} was given to two`);
    held.claimed = true;
    this.claims.push(id);
  }

  async destroy(id: string): Promise<void> {
    await nextTurn();
    this.sandboxes.delete(id);
  }

  kill(id: string): void {
    (this.sandboxes.get(id) as Held).alive = false;
  }

  /** Called when one stops. */
  onStop: () => void = () => undefined;

  async stop(id: string): Promise<void> {
    this.onStop();
    await nextTurn();
    (this.sandboxes.get(id) as Held).alive = false;
  }

  async start(id: string, { startsDocker }: { startsDocker: boolean }): Promise<{ bootId: string }> {
    await nextTurn();
    Object.assign(this.sandboxes.get(id) as Held, { alive: true, docker: startsDocker });
    this.peak = Math.max(this.peak, this.running);
    return { bootId: `${id}-2` };
  }

  isRunning(id: string): boolean {
    return this.sandboxes.get(id)?.alive ?? false;
  }

  /** Only then does a Docker that starts answer. */
  dockerGate: Promise<void> = Promise.resolve();
  /** Ids in the order their Docker was started apart. */
  readonly dockerStarts: string[] = [];

  async dockerAnswers(id: string): Promise<boolean> {
    await this.dockerGate;
    return this.sandboxes.get(id)?.docker ?? false;
  }

  async startDocker(id: string): Promise<void> {
    const held = this.sandboxes.get(id);
    if (!held?.alive) throw new Error(`${id} does not run`);
    held.docker = true;
    this.dockerStarts.push(id);
  }

  onRunaway(): void {
    // None does.
  }

  room = async (): Promise<HostRoom> => this.hostRoom;

  async recover(): Promise<FoundSandbox[]> {
    return [...this.sandboxes].map(([id, { alive, claimed }]) => ({
      id,
      network: 'packages',
      createdAt: new Date(0).toISOString(),
      bootId: id,
      limits,
      status: alive ? 'running' : 'stopped',
      pooled: !claimed,
    }));
  }
}

export function fleetOn(
  engine: MemoryEngine,
  capacity: Partial<Capacity>,
  poolSize: number | null = null,
): Fleet {
  return new Fleet({
    // What a fleet never asks of its engine in these tests is left out.
    engine: engine as unknown as SandboxEngine,
    capacity: capacitySchema.parse(capacity),
    checkpoints: checkpointBoundsSchema.parse({}),
    poolSize,
    limits,
    isHostBusy: async () => engine.isHostBusy,
    log: pino({ level: 'silent' }),
  });
}

export const untilReady = (fleet: Fleet, count: number) =>
  vi.waitFor(() => expect(fleet.pool.ready).toBe(count), { timeout: 10_000 });
