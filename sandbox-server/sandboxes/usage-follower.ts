/**
 * Follows what one sandbox uses while somebody wants to know. The kernel's own events are heard at once; what it has none
 * for is looked at every few seconds, less often where nothing goes on.
 */
import type { Limits } from '../../protocol/limits.ts';
import type { SandboxUsage, UsageReport } from '../../protocol/usage.ts';
import type { UsageReading, UsageSource } from '../engine.ts';
import { LimitJudge } from './limit-judge.ts';

export interface UsageFollowerOptions {
  source: UsageSource;
  id: string;
  limits: Limits;
  onReport: (report: UsageReport) => void;
  /** It cannot be followed any longer: it was stopped, as a rule. */
  onEnd: () => void;
  /** Between two looks at what is busy; default 3 s. */
  intervalMs?: number;
}

/** A fork bomb has thousands of events. */
const eventPauseMs = 250;
/** Below this share of a CPU nothing goes on, and looks become rarer, up to so much. */
const idleShare = 0.03;
const longestFactor = 5;

export class UsageFollower implements Disposable {
  readonly #options: UsageFollowerOptions;
  readonly #judge: LimitJudge;
  readonly #unfollow: () => void;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #lookAgain = false;
  #ended = false;
  #last: { atMs: number; reading: UsageReading } | null = null;
  #told: UsageReport | null = null;
  #factor = 1;

  /** Throws SANDBOX_NOT_RUNNING. */
  constructor(options: UsageFollowerOptions) {
    this.#options = options;
    this.#judge = new LimitJudge(options.limits);
    this.#unfollow = options.source.follow(options.id, (event) => {
      if (event === 'out-of-memory') this.#hearOutOfMemory();
      this.#schedule(eventPauseMs);
    });
    // It may have happened while nobody followed.
    this.#hearOutOfMemory();
    void this.#look();
  }

  [Symbol.dispose](): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#unfollow();
  }

  #hearOutOfMemory(): void {
    const { source, id } = this.#options;
    const happened = source.tellOutOfMemory(id);
    if (happened !== null) this.#judge.outOfMemory(happened);
  }

  #schedule(delayMs: number): void {
    if (this.#ended) return;
    if (this.#looking) this.#lookAgain = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), delayMs);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    this.#lookAgain = false;
    try {
      this.#take(await this.#options.source.read(this.#options.id));
    } catch {
      // Its files are gone with it.
      if (!this.#ended) {
        this[Symbol.dispose]();
        this.#options.onEnd();
      }
    }
    this.#looking = false;
    this.#schedule(this.#lookAgain ? eventPauseMs : this.#factor * (this.#options.intervalMs ?? 3_000));
  }

  #take(reading: UsageReading): void {
    if (this.#ended) return;
    const atMs = Date.now();
    const before = this.#last;
    this.#last = { atMs, reading };
    const share = before ? (reading.cpuMs - before.reading.cpuMs) / Math.max(1, atMs - before.atMs) : 1;
    this.#factor = share < idleShare ? Math.min(longestFactor, this.#factor + 1) : 1;
    const report = {
      usage: usageOf(reading, this.#options.limits),
      limits: this.#judge.judge(reading, atMs),
    };
    if (this.#told !== null && !differs(report, this.#told)) return;
    this.#told = report;
    this.#options.onReport(report);
  }
}

export function usageOf(reading: UsageReading, limits: Limits): SandboxUsage {
  const { memoryBytes, pids, diskUsedBytes, diskBytes, inodesUsed, inodes, cpuMs } = reading;
  return {
    memoryBytes,
    memoryLimitBytes: limits.memoryBytes,
    pids,
    pidsLimit: limits.pids,
    diskUsedBytes,
    diskBytes,
    inodesUsed,
    inodes,
    cpuMs: Math.round(cpuMs),
  };
}

/** Enough for somebody who looks at a meter. */
function differs(report: UsageReport, told: UsageReport): boolean {
  if (JSON.stringify(report.limits) !== JSON.stringify(told.limits)) return true;
  const shares = ({ usage }: UsageReport) => [
    usage.memoryBytes / usage.memoryLimitBytes,
    usage.pids / usage.pidsLimit,
    usage.diskUsedBytes / usage.diskBytes,
    usage.inodesUsed / usage.inodes,
  ];
  const before = shares(told);
  return shares(report).some((share, index) => Math.abs(share - (before[index] ?? 0)) >= 0.01);
}
