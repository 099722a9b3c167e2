/**
 * The sandbox-server's HTTP API on its Unix socket, and its shapes; those of looks are in
 * `sandbox-looks.ts`. Errors are `ErrorBody` with the status of the code.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /healthz` | `SandboxServerHealth` |
 * | `POST /v1/sandboxes` `CreateSandbox` | 201 `SandboxView`, when a shell can be opened (Docker may still be starting) |
 * | `GET /v1/capacity` | `CapacityView` |
 * | `GET /v1/pool` | `PoolView` |
 * | `POST /v1/pool` `ResizePool` | `PoolView`; what is beyond a smaller size goes, the rest is made in the background |
 * | `GET /v1/sandboxes` | `{ sandboxes: SandboxView[] }` |
 * | `GET /v1/sandboxes/:id` `?docker=wait` | `SandboxView`; with `wait`, when Docker is ready or has failed; with `unasked` at once, Docker as it was found last |
 * | `DELETE /v1/sandboxes/:id` | 204, when nothing of it is left |
 * | `POST /v1/sandboxes/:id/start` | `SandboxView`: a stopped one runs again on its disk |
 * | `POST /v1/sandboxes/:id/stop` | `SandboxView`: processes ended, disk kept |
 * | `POST /v1/sandboxes/:id/docker/start` | `SandboxView`: starts dockerd where it does not run |
 * | `POST /v1/sandboxes/:id/exec` `ExecRequest` | 200, a stream of `execFrames` |
 * | `POST /v1/sandboxes/:id/feed`, the `ExecRequest` in the header `feedHeader` | as exec; the body is standard input, as it comes |
 * | `GET /v1/sandboxes/:id/terminals` | `{ terminals: TerminalView[] }` |
 * | `POST /v1/sandboxes/:id/terminals` `OpenTerminal` | 201 `TerminalView` |
 * | `DELETE /v1/sandboxes/:id/terminals/:tid` | 204 |
 * | `GET /v1/sandboxes/:id/terminals/:tid/attach?from=SEQ` | WebSocket, see `terminal.ts` |
 * | `GET /v1/sandboxes/:id/file?path=P&max=N` | `FileView`: one bounded look, never following a link out of the sandbox |
 * | `GET /v1/sandboxes/:id/files?path=P&path=Q` | a line of JSON, a `FileReport`, when it follows them, and for each change |
 * | `GET /v1/sandboxes/:id/processes` | `{ processes: RawProcess[] }`, read from the kernel |
 * | `GET /v1/sandboxes/:id/checkpoints` | `{ checkpoints: CheckpointView[] }`, oldest first |
 * | `POST /v1/sandboxes/:id/checkpoints` | 201 `CheckpointTaken`: a copy of a running sandbox's disk as it is now |
 * | `DELETE /v1/sandboxes/:id/checkpoints/:cid` | 204 |
 * | `POST /v1/sandboxes/:id/checkpoints/:cid/restore` | `SandboxView`: started anew on that disk; all since is gone |
 * | `GET /v1/sandboxes/:id/mounts` | `{ tables: RawMountTable[] }`, PID 1's first |
 * | `GET /v1/sandboxes/:id/cgroup?path=P` | `RawCgroup`: one cgroup, by its path inside |
 * | `GET /v1/egress` | `EgressView`: what went out to package sources |
 * | `POST /v1/sandboxes/:id/plan` `SandboxPlan` | 204; shown in its view, and acted on by nobody here |
 * | `GET /v1/sandboxes/:id/usage` | `SandboxUsage` (`usage.ts`); with `?follow=1` a line of JSON, a `UsageReport`, for each change |
 * | `POST /v1/shutdown` | 204: sandboxes stopped (disks kept), warm ones gone; then the process ends |
 * | `GET /v1/sandboxes/:id/dial?path=/run/docker.sock`, `Upgrade: socket` | 101, then the bytes of that Unix socket |
 * | `GET /v1/sandboxes/:id/dial?tcp=127.0.0.1:8080`, `Upgrade: socket` | 101, then the bytes of that TCP port, as reached from inside |
 */
import { z } from 'zod';
import { maxPoolSize, type Capacity } from './capacity.ts';
import { limitOverridesSchema, type Limits } from './limits.ts';
import { colsSchema, rowsSchema } from './terminal.ts';

export const networkModes = ['packages', 'none'] as const;

export const createSandboxSchema = z.strictObject({
  /** `packages`: registry and package sources can be reached; `none`: nothing can. */
  network: z.enum(networkModes).default('packages'),
  /** Below the server's own; one above is LIMIT_TOO_HIGH. */
  limits: limitOverridesSchema.default({}),
});
export type CreateSandbox = z.input<typeof createSandboxSchema>;

const timeSchema = z.iso.datetime().nullable();

/** What its owner means to do with it, for whoever lists sandboxes. Forgotten when this server ends. ISO 8601. */
export const sandboxPlanSchema = z.strictObject({
  /** Its learner last did something. */
  activeAt: timeSchema,
  /** Where nothing more is done; null for a stopped one. */
  stopsAt: timeSchema,
  /** Null for a running one. */
  removedAt: timeSchema,
});
export type SandboxPlan = z.infer<typeof sandboxPlanSchema>;

/**
 * `wait`: a view is given when Docker is ready or has failed. `unasked`: at once, and tells of Docker what was found when it
 * was asked last; one that is busy answers late.
 */
export const dockerAsked = ['wait', 'unasked'] as const;
export type DockerAsked = (typeof dockerAsked)[number];

/** Why a sandbox was stopped that nobody asked to stop: the code of an error with a learner's sentence. */
export type EndedFor = 'TOO_MANY_CGROUPS' | 'HOST_MEMORY_TAKEN';

export interface SandboxView {
  id: string;
  /** `stopped`: its disk is kept, no process runs. */
  status: 'starting' | 'running' | 'stopped';
  docker: 'starting' | 'ready' | 'stopped';
  /** Of a stopped one, until it is started or the server is. */
  endedFor?: EndedFor;
  network: (typeof networkModes)[number];
  /** ISO 8601. */
  createdAt: string;
  /** Changes each time the sandbox's processes were started anew; terminals of an earlier boot are gone. */
  bootId: string;
  /** What it may use. */
  limits: Limits;
  /** Absent until its owner has told it. */
  plan?: SandboxPlan;
  /** The kernel its processes run on, as uname(2) has it. */
  kernel: { release: string; version: string; machine: string };
}

export interface CapacityView {
  /** As configured. */
  capacity: Capacity;
  /** Warm ones are not among those that run. */
  running: number;
  warm: number;
  stopped: number;
  /** What may exist, stopped ones included. */
  mostKept: number;
  /** What the host has left. */
  room: { memoryAvailableBytes: number; diskFreeBytes: number };
  /** What is set aside for each that is started, before it shows in the above. */
  expected: { memoryBytes: number; diskBytes: number };
  /** What one that runs costs, on the average of those looked into; null where none runs. */
  footprint: {
    sampled: number;
    /** Its own and the kernel's for it; the text of programs is shared by all and not in it. */
    memoryBytes: number;
    diskBytes: number;
    processes: number;
    threads: number;
  } | null;
}

export const resizePoolSchema = z.strictObject({
  /** How many are to stand ready, also after a restart; null: as the configuration has it. */
  size: z.int().min(0).max(maxPoolSize).nullable(),
});
export type ResizePool = z.infer<typeof resizePoolSchema>;

export interface PoolView {
  /** How many are to stand ready. */
  size: number;
  ready: number;
  making: number;
  /** Why there are fewer, where that is not just time. */
  reason?: string;
}

export interface SandboxServerHealth {
  status: 'ok' | 'starting' | 'failing';
  /** Sandboxes ready to be handed out. */
  warm: number;
  running: number;
  stopped: number;
  /** Destroyed, but held by the kernel: tried again until they are gone. */
  unended: number;
  /** Why it is failing, in one sentence. */
  reason?: string;
}

export const openTerminalSchema = z.strictObject({
  cols: colsSchema,
  rows: rowsSchema,
  /** Absolute; the learner's home where absent. */
  cwd: z.string().startsWith('/').max(4096).optional(),
});
export type OpenTerminal = z.infer<typeof openTerminalSchema>;

export interface TerminalView {
  id: string;
  cols: number;
  rows: number;
  createdAt: string;
  /** Total output bytes so far. */
  seq: number;
  exited: { code: number | null; signal: string | null } | null;
}

export interface CheckpointView {
  id: string;
  /** ISO 8601. */
  createdAt: string;
  /** What it takes on the host's disk; blocks shared with others are counted too. */
  sizeBytes: number;
}

export interface CheckpointTaken extends CheckpointView {
  /** How long whoever wrote to the disk had to wait. */
  frozenMs: number;
  /** Ids of older ones that went for it. */
  dropped: string[];
}

export const execRequestSchema = z.strictObject({
  argv: z
    .array(z.string().max(128 * 1024))
    .min(1)
    .max(1024),
  cwd: z.string().startsWith('/').max(4096).optional(),
  /** Given to standard input, which is then closed. UTF-8. */
  stdin: z
    .string()
    .max(1024 * 1024)
    .optional(),
  /** SIGKILL for the command and all its children after this. */
  timeoutMs: z.int().min(1).max(3_600_000).default(60_000),
});
export type ExecRequest = z.input<typeof execRequestSchema>;

/** Carries the command of a feed: JSON in base64url. */
export const feedHeader = 'x-chrootcamp-exec';

/**
 * The answer to exec: frames as Docker's own multiplexed streams have them, an 8-byte header (stream, 0, 0, 0, payload
 * length as 32-bit big-endian) and the payload. Stream 3 is ours and last: JSON `ExecExit`.
 */
export const execStreams = { stdout: 1, stderr: 2, exit: 3 } as const;
export interface ExecExit {
  exitCode: number | null;
  signal: string | null;
  timedOut: boolean;
}

/** Since this server started; of sandboxes, those that run. A connection counts when it has ended. */
export interface EgressView {
  sandboxes: (EgressCounts & {
    id: string;
    /** What was not carried: hosts that are no package source, names not found, limits reached. */
    refusals: number;
    /** The limit reached last, and when (ISO 8601); null where none was. */
    limitReached: { limit: 'bytesPerMinute' | 'connections' | 'connectionsPerMinute'; at: string } | null;
  })[];
  hosts: (EgressCounts & { host: string })[];
}

export interface EgressCounts {
  /** To the sandbox. */
  bytesIn: number;
  /** From the sandbox. */
  bytesOut: number;
  connections: number;
}
