/**
 * How far one machine's life has come: a pure function of what is written down of it and of the time. Two rules hold
 * whatever the clock does: nobody is stopped who has not been warned for the whole warning time, and a clock set back
 * (`notAfter`) makes no machine run for ever.
 */
import type { StopCause, StoppedMachine } from '../../protocol/portal-api.ts';
import type { SandboxPlan } from '../../protocol/sandbox-api.ts';
import type { Lifetimes } from '../../protocol/lifetimes.ts';

/** Times in milliseconds since 1970. */
export interface LifetimeRecord {
  /** Of this run: a resumed machine has its whole time again. */
  startedAt: number;
  /** The learner last typed or asked for something. */
  activeAt: number;
  /** In this run. */
  extensions: number;
  /** Null while it runs. */
  stoppedAt: number | null;
  stopCause: StopCause | null;
}

export type EndCause = Exclude<StopCause, 'outside'>;

export type LifetimeStage =
  | { stage: 'runs'; lookAt: number }
  | { stage: 'warned'; cause: EndCause; stopsAt: number }
  | { stage: 'over'; cause: EndCause }
  | { stage: 'kept'; until: number }
  | { stage: 'expired' };

export interface StageOptions {
  lifetimes: Lifetimes;
  now: number;
  /** Of what this portal has been warning, and since when; null where it does not yet. */
  warned: { cause: EndCause; at: number } | null;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What the clock says was in the future is taken to be now, once and for all. */
export function notAfter(now: number, record: LifetimeRecord): LifetimeRecord {
  const { startedAt, activeAt, stoppedAt } = record;
  return {
    ...record,
    startedAt: Math.min(startedAt, now),
    activeAt: Math.min(activeAt, now),
    stoppedAt: stoppedAt && Math.min(stoppedAt, now),
  };
}

export function stageOf(record: LifetimeRecord, options: StageOptions): LifetimeStage {
  const { lifetimes, now, warned } = options;
  if (record.stoppedAt !== null) {
    const until = keptUntil(record.stoppedAt, lifetimes);
    return now >= until ? { stage: 'expired' } : { stage: 'kept', until };
  }
  const ends = endsOf(record, lifetimes);
  const end = ends.idle.at <= ends.wall.at ? ends.idle : ends.wall;
  if (now < end.at - end.warningMs) return { stage: 'runs', lookAt: end.at - end.warningMs };
  const warnedAt = warned?.cause === end.cause ? warned.at : null;
  const stopsAt = Math.max(end.at, (warnedAt ?? now) + end.warningMs);
  if (warnedAt !== null && now >= stopsAt) return { stage: 'over', cause: end.cause };
  return { stage: 'warned', cause: end.cause, stopsAt };
}

function keptUntil(stoppedAt: number, { keepDays }: Lifetimes): number {
  return stoppedAt + keepDays * dayMs;
}

/** What a learner is told of it; null where it is not written down as stopped. */
export function stoppedMachine(record: LifetimeRecord, lifetimes: Lifetimes): StoppedMachine | null {
  const { stoppedAt, stopCause } = record;
  if (stoppedAt === null || stopCause === null) return null;
  return { cause: stopCause, keptUntil: new Date(keptUntil(stoppedAt, lifetimes)).toISOString() };
}

interface End {
  cause: EndCause;
  at: number;
  warningMs: number;
}

function endsOf(record: LifetimeRecord, lifetimes: Lifetimes): Record<EndCause, End> {
  const { idleSeconds, wallSeconds, extensionSeconds, warningSeconds } = lifetimes;
  const { activeAt, startedAt } = record;
  const wallMs = (wallSeconds + record.extensions * extensionSeconds) * 1000;
  // Where the whole time is shorter than the warning, one half of it is enough.
  const warningMs = (wholeSeconds: number) => Math.min(warningSeconds, wholeSeconds / 2) * 1000;
  return {
    idle: { cause: 'idle', at: activeAt + idleSeconds * 1000, warningMs: warningMs(idleSeconds) },
    wall: { cause: 'wall', at: startedAt + wallMs, warningMs: warningMs(wallSeconds) },
  };
}

/** When each machine that runs will be stopped if its learner does nothing more. */
export function stopTimes(lives: readonly { record: LifetimeRecord }[], lifetimes: Lifetimes): number[] {
  const running = lives.filter(({ record }) => record.stoppedAt === null);
  return running.map(({ record }) => {
    const { idle, wall } = endsOf(record, lifetimes);
    return Math.min(idle.at, wall.at);
  });
}

/** For whoever lists the machines. */
export function planOf(record: LifetimeRecord, lifetimes: Lifetimes): SandboxPlan {
  const iso = (ms: number) => new Date(ms).toISOString();
  const activeAt = iso(record.activeAt);
  if (record.stoppedAt !== null) {
    return { activeAt, stopsAt: null, removedAt: iso(keptUntil(record.stoppedAt, lifetimes)) };
  }
  const [stopsAt = 0] = stopTimes([{ record }], lifetimes);
  return { activeAt, stopsAt: iso(stopsAt), removedAt: null };
}
