/**
 * The portal's HTTP API for its own pages. The learner is a signed cookie, made by the first `GET /api/me`. Every
 * request that changes something needs an `Origin` of the allow-list and, where it has a body, JSON.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /healthz` | 200 `Health` when a learner could be served, else 503 with it |
 * | `GET /metrics` | Prometheus text |
 * | `GET /api/me` | `Me` |
 * | `POST /api/sandbox` | `SandboxState`: the learner's machine, made or started where there is none; a place in the queue where there is no room |
 * | `POST /api/sandbox/reset` | `SandboxState`: a fresh machine; the old one and its files are gone |
 * | `POST /api/sandbox/docker/start` | `SandboxState` |
 * | `/api/terminals`, `/api/terminals/:id` ... | the learner's terminals: `terminal-api.ts`, `terminal.ts`, `stream.ts` |
 * | `/api/files` | files into and out of the machine: `file-transfer.ts` |
 * | `POST /api/sandbox/extend` | `LifetimeState`: the machine may run on; `NO_MORE_TIME` where it was extended often enough |
 * | `POST /api/sandbox/news/read` | `LifetimeState`: what had become of the machine was read |
 * | `GET /api/terminals` | `{ terminals: TerminalView[] }` (`sandbox-api.ts`) |
 * | `POST /api/terminals` `{ cols, rows }` | 201 `TerminalView` |
 * | `DELETE /api/terminals/:id` | 204 |
 * | `GET /api/terminals/:id` Upgrade | the terminal's socket (`terminal.ts`) |
 * | `GET /api/lessons/:module/:lesson/events?language=de` | Server-Sent Events: `LessonEvent` by name (`lesson-feed.ts`); verdicts in that language, English without one |
 * | `POST /api/exercises/:module/:lesson/:exercise/check` | `ExerciseState`: looked at anew |
 * | `POST /api/exercises/:module/:lesson/:exercise/setup` | `ExerciseState`: runs the exercise's set-up script, once a machine |
 * | `POST /api/exercises/:module/:lesson/:exercise/answer` `{ checkId, answer }` | `ExerciseState` |
 * | `POST /api/exercises/:module/:lesson/:exercise/hint` `{ number }` | `ExerciseProgress`: that hint was opened |
 * | `POST /api/exercises/:module/:lesson/:exercise/solution` | `ExerciseSolution` |
 * | `GET /api/results`, `/api/results.json`, `/api/results.csv` | `Results` (`results.ts`); the latter two to be saved |
 * | `POST /api/exercises/:module/:lesson/:exercise/restart` | `ExerciseRestart`: the machine as it was at the exercise's start |
 */
import { z } from 'zod';
import type { DevEvent } from './dev-api.ts';
import { slugSchema } from './ids.ts';
import type { UsageReport } from './usage.ts';
import type { Verdict } from './verdict.ts';

export interface Health {
  status: 'ok' | 'starting' | 'failing';
  reason?: string;
  sandboxes: { warm: number; running: number; stopped: number; unended: number };
  uptimeSeconds: number;
}

export interface SandboxState {
  status: 'none' | 'queued' | 'starting' | 'running' | 'stopped' | 'unavailable';
  docker: 'starting' | 'ready' | 'stopped' | 'unknown';
  /** As `SandboxView.bootId`; null where there is no machine. */
  bootId: string | null;
  /** A sentence for the learner where something is wrong. */
  message?: string;
  /** Of a queued one. */
  queue?: QueuePlace;
  /** Of a stopped one. */
  stopped?: StoppedMachine;
}

/**
 * What there is not enough of for another machine: `machines` where as many run as may, `ids` where as many are kept as
 * can be, else what the host has too little of.
 */
export type Shortage = 'machines' | 'memory' | 'disk' | 'ids';

/** There is no room for another machine: a learner's place among those who wait, and how long that will probably be. */
export interface QueuePlace {
  /** From 1. */
  place: number;
  /** All who wait, this learner included. */
  waiting: number;
  /** An estimate; null where there is nothing to judge by. */
  estimateMinutes: number | null;
  shortage: Shortage;
  /** They have a machine that is stopped: its disk is kept. */
  hasDisk: boolean;
}

/** `idle`: unused for too long; `wall`: it ran for as long as it may; `outside`: the course or its computer was stopped. */
export type StopCause = 'idle' | 'wall' | 'outside';

export interface StoppedMachine {
  cause: StopCause;
  /** ISO 8601: until then its disk is kept. */
  keptUntil: string;
}

/** What the page says of the time that is left to a machine. */
export interface LifetimeState {
  /** It will be stopped; null while that is far off. */
  warning: {
    cause: Exclude<StopCause, 'outside'>;
    /** From now: clocks of browsers are wrong. */
    stopsInMs: number;
    /** False where it was extended as often as it may be. */
    canExtend: boolean;
  } | null;
  /** Until the learner has read it. */
  news: MachineNews | null;
}

/** What became of a machine: `resumed` on its kept disk, or `removed` with it, when it had been stopped for too long. */
export interface MachineNews {
  kind: 'resumed' | 'removed';
  cause: StopCause;
  /** ISO 8601. */
  stoppedAt: string;
}

export interface ExerciseProgress {
  exerciseId: string;
  /** ISO 8601 of the first time every check passed; null before. Never taken back. */
  earnedAt: string | null;
  firstTriedAt: string | null;
  /** As `ExerciseResult` has them. */
  tries: number;
  hintsUsed: number;
  solutionSeenAt: string | null;
}

export interface Me {
  /** Opaque, stable per browser. */
  learnerId: string;
  progress: ExerciseProgress[];
  sandbox: SandboxState;
}

export interface ExerciseState {
  exerciseId: string;
  verdicts: Verdict[];
  complete: boolean;
  earnedAt: string | null;
  hintsUsed: number;
  solutionSeenAt: string | null;
}

/** One way to do an exercise, as a bash script. That it was seen is part of the learner's results from then on. */
export interface ExerciseSolution {
  exerciseId: string;
  script: string;
  solutionSeenAt: string;
}

/** What "back to the start of this exercise" would go back to. */
export interface ExerciseStart {
  exerciseId: string;
  /** ISO 8601; null where no start is kept (yet). */
  takenAt: string | null;
  /** A sentence for the learner: why none is kept. */
  fault?: string;
}

export interface ExerciseRestart {
  sandbox: SandboxState;
  /** The moment the machine was taken back to. */
  takenAt: string;
  /** Containers that ran then and could not be started again, such as those made with `--rm`. */
  lostContainers: number;
}

/** Another one each time the learner opened, named or closed a terminal, on whichever device: the list is to be asked for anew. */
export interface TerminalsRevision {
  revision: string;
}

/** SSE event names and their JSON data. On connecting, the whole present state is sent; then what changed. */
export type LessonEvent =
  | { event: 'sandbox'; data: SandboxState }
  | { event: 'exercise'; data: ExerciseState }
  | { event: 'start'; data: ExerciseStart }
  | { event: 'lifetime'; data: LifetimeState }
  | { event: 'usage'; data: UsageReport }
  | { event: 'terminals'; data: TerminalsRevision }
  | DevEvent;

export const hintRequestSchema = z.strictObject({ number: z.int().min(1).max(4) });

export const answerRequestSchema = z.strictObject({
  checkId: slugSchema,
  answer: z.string().min(1).max(500),
});
