/**
 * The port between the sandbox-server and whatever makes sandboxes. `engines/runc/` is the embedded one; a cluster engine
 * would be another. Nothing outside an engine knows of bundles, loop devices, cgroups or host paths.
 */
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { LimitOverrides, Limits } from '../protocol/limits.ts';
import type { EgressView, EndedFor, ExecExit, ExecRequest, SandboxView } from '../protocol/sandbox-api.ts';
import type {
  FileReport,
  FileView,
  RawCgroup,
  RawMountTable,
  RawProcess,
} from '../protocol/sandbox-looks.ts';

export type NetworkMode = SandboxView['network'];

export interface CreateOptions {
  id: string;
  network: NetworkMode;
  /** Instead of the engine's own. */
  limits: LimitOverrides;
  /** Nobody waits for it: everybody else has processor and disk first, until it is claimed. */
  inBackground?: boolean;
  /** Docker starts with it; else by `startDocker`. */
  startsDocker: boolean;
  signal?: AbortSignal;
}

export interface Created {
  bootId: string;
  createdAt: string;
  limits: Limits;
}

/** A terminal's far end: bytes, never parsed. */
export interface Pty {
  onData(listener: (chunk: Buffer) => void): void;
  onExit(listener: (exit: { code: number | null; signal: string | null }) => void): void;
  write(bytes: Buffer): void;
  resize(size: { cols: number; rows: number }): void;
  pause(): void;
  resume(): void;
  /** Hangs up: the shell and what runs in its foreground get SIGHUP. */
  hangUp(): void;
}

export interface ExecOutput {
  onStdout: (chunk: Buffer) => void | Promise<void>;
  onStderr: (chunk: Buffer) => void | Promise<void>;
  signal?: AbortSignal;
  /** Standard input as it comes, in place of the request's own. What the command does not read is read away. */
  input?: Readable;
}

/** What one running sandbox costs the host. */
export interface Footprint {
  /** Its own and the kernel's for it. The text of programs is shared by all and not in it. */
  memoryBytes: number;
  /** Of its image, as allocated. */
  diskBytes: number;
  processes: number;
  threads: number;
}

export interface HostRoom {
  memoryAvailableBytes: number;
  diskFreeBytes: number;
}

/** What an engine finds on the host after a restart. */
export interface FoundSandbox {
  id: string;
  network: NetworkMode;
  createdAt: string;
  bootId: string;
  limits: Limits;
  status: 'running' | 'stopped';
  /** Never handed out: it was made for the pool. */
  pooled: boolean;
}

/** A sandbox's disk as it was at one moment. */
export interface CheckpointFacts {
  id: string;
  createdAt: string;
  /** What it takes on the host's disk. */
  sizeBytes: number;
}

export interface SandboxCheckpoints {
  /**
   * Keeps a copy of a running sandbox's disk, whole as at one instant. Leaves nothing where it rejects. `frozenMs`: how
   * long whoever wrote to the disk had to wait. Throws CHECKPOINT_FAILED for a disk beyond `maxBytes`.
   */
  take(
    id: string,
    options: { checkpointId: string; maxBytes: number; signal?: AbortSignal | undefined },
  ): Promise<{ frozenMs: number }>;
  /** Oldest first. */
  list(id: string): Promise<CheckpointFacts[]>;
  /** Fine where there is none. */
  drop(id: string, checkpointId: string): Promise<void>;
  /**
   * Makes a checkpoint the sandbox's next disk: `stop` then throws the present one away, `start` takes the other. Until
   * `stop` nothing is harmed, and null takes it back.
   */
  prepareRestore(id: string, checkpointId: string | null): Promise<void>;
}

/** What a sandbox uses at one moment, by the kernel's own counters. */
export interface UsageReading {
  /** Without files in the page cache that the kernel may drop. */
  memoryBytes: number;
  pids: number;
  /** Since it was started; both of all CPUs together. */
  cpuMs: number;
  throttledMs: number;
  diskUsedBytes: number;
  diskBytes: number;
  inodesUsed: number;
  inodes: number;
  /** What the gateway last refused it because of a limit, and when (ISO 8601). */
  egressRefused: EgressView['sandboxes'][number]['limitReached'];
}

/** `out-of-memory`: the limit of the whole sandbox was met, not one that the learner set. `look`: read again. */
export type UsageEvent = 'out-of-memory' | 'look';

/** A program was ended because the memory of the whole sandbox was used up: when, and when that was first told. */
export interface OutOfMemory {
  atMs: number;
  toldMs: number;
}

export interface UsageSource {
  /** Rejects where the sandbox does not run. */
  read(id: string): Promise<UsageReading>;
  /** Throws SANDBOX_NOT_RUNNING. Returns what ends it. */
  follow(id: string, onEvent: (event: UsageEvent) => void): () => void;
  /** The last time, for who tells it now; also what happened while nobody followed. Null where it never did. */
  tellOutOfMemory(id: string): OutOfMemory | null;
}

export interface FileFollow {
  /** Absolute, as the sandbox names them. */
  paths: readonly string[];
  /** At once with no path, being followed from then on; then with those that may be different. */
  onReport: (report: FileReport) => void;
  /** The sandbox does not run any longer. */
  onEnd: () => void;
}

/** What the host can see of a running sandbox. Each throws SANDBOX_NOT_RUNNING. */
export interface SandboxLooks {
  viewFile(id: string, options: { path: string; maxBytes: number }): Promise<FileView>;
  processes(id: string): Promise<RawProcess[]>;
  mountTables(id: string): Promise<RawMountTable[]>;
  /** `path`: absolute, as the sandbox names it, without `..`. */
  viewCgroup(id: string, path: string): Promise<RawCgroup>;
  /** Connects to a Unix socket inside; never follows a link out of the sandbox. */
  dial(id: string, path: string): Promise<Socket>;
  /** Connects to a TCP port as reached from inside; `address` is IPv4. */
  dialTcp(id: string, to: { address: string; port: number }): Promise<Socket>;
  /** A hint to look again, coalesced, a few a second at most. Throws TOO_MANY beyond a few of one sandbox. */
  followFiles(id: string, follow: FileFollow): Disposable;
  footprint(id: string): Promise<Footprint>;
}

/** A sandbox took what no limit bounds and all share: the listener ends it. */
export type RunawayListener = (id: string, cause: EndedFor) => void;

export interface SandboxEngine extends AsyncDisposable {
  /** Resolves when a shell can be opened; dockerd may still be starting. Leaves nothing behind when it rejects. */
  create(options: CreateOptions): Promise<Created>;
  /** What is left for sandboxes. */
  room(): Promise<HostRoom>;
  /** How many sandboxes it has names, ids and the like for, stopped ones included. */
  readonly mostKept: number;
  /** Marks a pooled sandbox as handed out, on disk, and gives it its full weight. */
  claim(id: string): Promise<void>;
  /** Begins to end every process, whatever else is done with it just then. Fine where it does not run. */
  kill(id: string): void;
  /** Ends every process, keeps the disk. */
  stop(id: string): Promise<void>;
  /** Runs a stopped sandbox again on its disk. */
  start(id: string, options: { startsDocker: boolean }): Promise<{ bootId: string }>;
  /**
   * Leaves nothing: no process, mount, loop device, cgroup, namespace, file or lease. What cannot be ended now, since the
   * kernel holds it, is as good as gone for everybody, and is tried again until it is.
   */
  destroy(id: string): Promise<void>;
  /** One listener at most. */
  onRunaway(listener: RunawayListener): void;
  /** How many of those there are. */
  readonly unended: number;
  readonly usage: UsageSource;
  readonly checkpoints: SandboxCheckpoints;
  /** True while PID 1 of the sandbox lives. */
  isRunning(id: string): boolean;
  /** True when dockerd answers a ping. Never rejects. */
  dockerAnswers(id: string): Promise<boolean>;
  /** `unlessStartedBefore`: nothing is done where it was started since the sandbox was, and ended by its learner. */
  startDocker(id: string, options?: { unlessStartedBefore: boolean }): Promise<void>;
  exec(id: string, request: ExecRequest, output: ExecOutput): Promise<ExecExit>;
  openPty(id: string, options: { cols: number; rows: number; cwd?: string }): Pty;
  readonly looks: SandboxLooks;
  /** What went out to package sources. */
  egress(): EgressView;
  /** Finds its sandboxes again after a restart, having cleaned up what was half made or half removed. */
  recover(): Promise<FoundSandbox[]>;
}
