/** Which limits a sandbox is near or has met, by its readings one after the other. Pure: time comes with each reading. */
import type { Limits } from '../../protocol/limits.ts';
import type { LimitState, LimitSubject } from '../../protocol/usage.ts';
import type { OutOfMemory, UsageReading } from '../engine.ts';

/** Shares of a limit. What was told holds until `clear`: it does not flicker. */
const thresholds = {
  pids: { near: Infinity, reached: 0.97, clear: 0.8 },
  disk: { near: 0.9, reached: 0.99, clear: 0.85 },
  inodes: { near: 0.9, reached: 0.995, clear: 0.85 },
} as const;

/** Out of memory is over in a moment; who was away should still learn of it. */
const tellMemoryMs = 10 * 60_000;
/** The allowance is of a minute. */
const tellEgressMs = 60_000;
/** All of the CPU for so long is worth a word; a build is not. */
const cpuPatienceMs = 30_000;
/** A busy host looks late, by a tenth of the time at worst. */
const cpuShare = 0.8;
/** In less a ceiling that holds for each tenth of a second cannot be told from a pause. */
const cpuMeasureMs = 1_000;

export class LimitJudge {
  readonly #limits: Pick<Limits, 'pids' | 'cpuPercent'>;
  readonly #states = new Map<LimitSubject, LimitState>();
  /** What processor time is measured from. */
  #cpuFrom: { nowMs: number; reading: UsageReading } | null = null;
  #busySinceMs: number | null = null;
  #memoryToldMs = 0;

  constructor(limits: Pick<Limits, 'pids' | 'cpuPercent'>) {
    this.#limits = limits;
  }

  get states(): LimitState[] {
    return [...this.#states.values()];
  }

  /** It may have happened long ago: it is told for a while from when it was first told. */
  outOfMemory({ atMs, toldMs }: OutOfMemory): void {
    this.#set('memory', 'reached', atMs);
    this.#memoryToldMs = toldMs;
  }

  judge(reading: UsageReading, nowMs: number): LimitState[] {
    this.#share('pids', reading.pids / this.#limits.pids, nowMs);
    this.#share('disk', reading.diskUsedBytes / reading.diskBytes, nowMs);
    this.#share('inodes', reading.inodesUsed / reading.inodes, nowMs);
    this.#cpu(reading, nowMs);
    if (nowMs - this.#memoryToldMs >= tellMemoryMs) this.#states.delete('memory');
    this.#expire('egress', tellEgressMs, nowMs);
    this.#expire('egressConnections', tellEgressMs, nowMs);
    this.#egress(reading.egressRefused, nowMs);
    return this.states;
  }

  #egress(refused: UsageReading['egressRefused'], nowMs: number): void {
    if (refused === null || nowMs - Date.parse(refused.at) >= tellEgressMs) return;
    const subject = refused.limit === 'bytesPerMinute' ? 'egress' : 'egressConnections';
    if (!this.#states.has(subject)) this.#set(subject, 'reached', nowMs);
  }

  #share(subject: keyof typeof thresholds, share: number, nowMs: number): void {
    const { near, reached, clear } = thresholds[subject];
    const before = this.#states.get(subject)?.level;
    if (share >= reached) this.#set(subject, 'reached', nowMs);
    else if (share >= near && before === undefined) this.#set(subject, 'near', nowMs);
    else if (share < clear) this.#states.delete(subject);
  }

  #cpu(reading: UsageReading, nowMs: number): void {
    if (this.#cpuFrom === null) {
      this.#cpuFrom = { nowMs, reading };
      return;
    }
    const { nowMs: beforeMs, reading: before } = this.#cpuFrom;
    // Events come by the dozen: one measure spans as many looks as it takes.
    if (nowMs - beforeMs < cpuMeasureMs) return;
    this.#cpuFrom = { nowMs, reading };
    const { cpuMs, throttledMs } = reading;
    const share = (cpuMs - before.cpuMs) / (nowMs - beforeMs) / (this.#limits.cpuPercent / 100);
    // A whole computer may be busy without a ceiling being met.
    const heldBack = throttledMs > before.throttledMs;
    if (share < cpuShare || !heldBack) {
      this.#busySinceMs = null;
      this.#states.delete('cpu');
      return;
    }
    this.#busySinceMs ??= beforeMs;
    if (nowMs - this.#busySinceMs >= cpuPatienceMs) this.#set('cpu', 'reached', nowMs);
  }

  #expire(subject: LimitSubject, afterMs: number, nowMs: number): void {
    const state = this.#states.get(subject);
    if (state && nowMs - Date.parse(state.at) >= afterMs) this.#states.delete(subject);
  }

  #set(subject: LimitSubject, level: LimitState['level'], nowMs: number): void {
    // Memory runs out anew each time; the others go on being used up.
    if (subject !== 'memory' && this.#states.get(subject)?.level === level) return;
    this.#states.set(subject, { subject, level, at: new Date(nowMs).toISOString() });
  }
}
