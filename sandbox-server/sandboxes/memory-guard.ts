/**
 * The last wall around the host's memory. What cgroups charge to nobody (neighbour entries, queues of sockets) a learner
 * can have the kernel take without end, and when it ends the kernel, it is programs of the host that go. So when the memory
 * that must stay available is mostly gone, the machine that works the most is ended: what it had the kernel take goes with
 * it, its disk is kept, and its learner can start it again.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SandboxEngine } from '../engine.ts';
import type { Sandbox } from './sandbox.ts';

type Guarded = Pick<Sandbox, 'id' | 'end'>;

export interface MemoryGuardOptions {
  engine: { room: SandboxEngine['room']; usage: Pick<SandboxEngine['usage'], 'read'> };
  running: () => readonly Guarded[];
  /** What must stay available of the host's memory. */
  reserveBytes: number;
  log: Logger;
}

/** Of the reserve: below that no machine is let in any more, so it is those that run that take it. */
const lastShare = 1 / 6;
const lookMs = 500;
/** Between two looks at who works. */
const measureMs = 250;
/** What an ended machine gives back comes in some seconds: others are spared meanwhile, unless ever more is taken. */
const releaseMs = 10_000;
const stepBytes = 32 * 1024 ** 2;

export class MemoryGuard implements Disposable {
  readonly #options: MemoryGuardOptions;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | null = null;
  /** The machine ended last: when, and what was left then. */
  #ended: { atMs: number; memoryAvailableBytes: number } | null = null;

  constructor(options: MemoryGuardOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), lookMs).unref();
  }

  /** Never rejects. One at a time: whoever asks meanwhile gets the one under way. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#options.log.error({ error }, "no look at the host's memory"))
      .finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { engine, reserveBytes, log } = this.#options;
    const { memoryAvailableBytes } = await engine.room();
    if (memoryAvailableBytes >= reserveBytes * lastShare || this.#isReleasing(memoryAvailableBytes)) return;
    const before = await this.#readCpu();
    await delay(measureMs);
    const [worst] = [...(await this.#readCpu())]
      .map(([sandbox, cpuMs]) => ({ sandbox, workedMs: cpuMs - (before.get(sandbox) ?? 0) }))
      .toSorted((one, other) => other.workedMs - one.workedMs);
    if (!worst) return;
    const { sandbox, workedMs } = worst;
    log.error(
      { id: sandbox.id, memoryAvailableBytes, workedMs },
      "the host's memory is gone: a machine is ended",
    );
    await sandbox.end('HOST_MEMORY_TAKEN');
    // Now: it went on taking until it was gone.
    this.#ended = { atMs: performance.now(), ...(await engine.room()) };
  }

  #isReleasing(memoryAvailableBytes: number): boolean {
    if (!this.#ended || performance.now() - this.#ended.atMs > releaseMs) return false;
    return memoryAvailableBytes > this.#ended.memoryAvailableBytes - stepBytes;
  }

  async #readCpu(): Promise<Map<Guarded, number>> {
    const { engine, running } = this.#options;
    const found = new Map<Guarded, number>();
    for (const sandbox of running()) {
      // It may be ending.
      const usage = await engine.usage.read(sandbox.id).catch(() => null);
      if (usage) found.set(sandbox, usage.cpuMs);
    }
    return found;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
