/**
 * The grader's only window on a machine. Whoever grades implements it: the portal from the sandbox-server's bounded
 * reads, tests from literals. Everything in it was chosen by a learner with root in that machine: treat it as hostile.
 */
export type Observation<T> =
  | { ok: true; value: T }
  /** `docker-down`: dockerd does not answer. `unreadable`: everything else; `reason` is a phrase for the learner. */
  | { ok: false; why: 'docker-down' | 'unreadable'; reason: string };

export interface FileObservation {
  exists: boolean;
  /** Where the path is a link: what it points to, unresolved. A link to nothing has this and does not exist. */
  linkTarget?: string;
  type?: 'file' | 'directory' | 'other';
  /** Permission bits. */
  mode?: number;
  uid?: number;
  gid?: number;
  sizeBytes?: number;
  /** First 64 KiB of a regular file, decoded as UTF-8 with replacement. */
  text?: string;
  /** Names in a directory, at most 1,000. */
  entries?: string[];
}

export interface ProcessObservation {
  /** In the machine's own pid namespace. */
  pid: number;
  name: string;
  argv: string[];
  root: string | null;
  cwd: string | null;
  /** Effective uid as the machine numbers it; 65534 where unmapped. */
  uid: number;
  /** Effective gid, likewise. */
  gid?: number;
  /** Bits of the effective capabilities, by the kernel's numbers; below 2^53. */
  capabilities?: number;
  noNewPrivs?: boolean;
  /** How many seccomp filters hold for it, those of the whole machine among them. */
  seccompFilters?: number;
  /** `ns.pid` is like `pid:[4026531836]`. */
  ns: Record<string, string>;
  /** Runs in one of Docker's containers, by its cgroup: the container's full id. */
  containerId: string | null;
  /** Path of its cgroup as the machine names it, by controller; on v2 the one under the empty name. */
  cgroups?: Record<string, string>;
}

/** One line of a mount table. */
export interface MountObservation {
  /** Where it is mounted, as processes of its table see it. */
  target: string;
  type: string;
  /** As it was called when mounting: a device, `tmpfs`, `overlay`. */
  source: string;
  /** Which directory of the file system is mounted: `/` but for bind mounts of a part. */
  root: string;
  /** Tells file systems apart: major and minor device number. */
  device: string;
  /** Of the mount: `ro`, `nosuid`. */
  options: string[];
  /** Of the file system: `lowerdir=/a:/b`, `size=1024k`. */
  superOptions: string[];
}

export interface MountTableObservation {
  /** The mount namespace, as `ProcessObservation.ns.mnt`. */
  ns: string;
  /** Root directory of the processes that see it so. */
  root: string;
  /** One of them. */
  pid: number;
  /** In the order of mounting: of two at one place, the later one is seen. */
  mounts: MountObservation[];
}

/** One cgroup, v1 and v2 alike. */
export interface CgroupObservation {
  version: 'v1' | 'v2';
  /** Where it exists: controllers of v1; on v2 those that it has, and the empty name. */
  controllers: string[];
  /** Null: unlimited. Absent: this kernel or this cgroup has no such limit. */
  limits: { memoryBytes?: number | null; pids?: number | null; cpus?: number | null };
  frozen?: boolean;
  /** Names of the cgroups in it. */
  children: string[];
}

/** An HTTP request from inside the machine. */
export interface HttpLook {
  /** IPv4. */
  address: string;
  port: number;
  /** With its query, encoded. */
  path: string;
  /** The `Host` header. */
  host: string;
  accept?: string | undefined;
}

export type HttpObservation =
  /** `refused`: nobody listens. `silent`: no whole answer in time. `broken`: what came is no HTTP, or too much of it. */
  | { answered: false; why: 'refused' | 'silent' | 'broken' }
  | {
      answered: true;
      status: number;
      /** By lower-case name; of repeated ones the first. */
      headers: Record<string, string>;
      /** First 64 KiB, decoded as UTF-8 with replacement. */
      body: string;
    };

/** A script that was run as the machine's root. */
export interface ScriptObservation {
  /** Null where it was ended by a signal, ours at the time limit among them. */
  exitCode: number | null;
  timedOut: boolean;
  /** First 16 KiB of both streams, decoded as UTF-8 with replacement. */
  output: string;
}

/** As `docker events --format json`, the fields used here. */
export interface DockerEventObservation {
  type: string;
  action: string;
  actorId: string;
  attributes: Record<string, string>;
  timeNano: bigint;
}

/** `signal` ends a look whose deadline has passed; an observer may ignore it, its answer is then no longer awaited. */
export interface LookOptions {
  signal?: AbortSignal;
}

export interface Observer {
  file(path: string, options?: LookOptions): Promise<Observation<FileObservation>>;
  processes(options?: LookOptions): Promise<Observation<ProcessObservation[]>>;
  /**
   * GET of the Docker API, JSON already parsed: `/containers/json?all=1`, `/images/json`, `/images/ID/history`,
   * `/volumes`, `/networks`, `/info`. 404 gives null.
   */
  docker(path: string, options?: LookOptions): Promise<Observation<unknown>>;
  /** All since the machine's Docker started, oldest first, as many as Docker keeps. */
  dockerEvents(options?: LookOptions): Promise<Observation<DockerEventObservation[]>>;
  /** What processes see mounted, a table for each mount namespace and root directory; PID 1's first. */
  mounts(options?: LookOptions): Promise<Observation<MountTableObservation[]>>;
  /** Null where there is none. `path` as the machine names it: `/` is the root of its cgroups. */
  cgroup(path: string, options?: LookOptions): Promise<Observation<CgroupObservation | null>>;
  /** GET, following nothing. */
  http(look: HttpLook, options?: LookOptions): Promise<Observation<HttpObservation>>;
  /** Runs a text by bash in the machine: the one look that does something there. */
  script(
    run: { text: string; timeoutMs: number },
    options?: LookOptions,
  ): Promise<Observation<ScriptObservation>>;
  /** The running kernel, as uname(2) has it. */
  kernel(options?: LookOptions): Promise<Observation<{ release: string; version: string; machine: string }>>;
}
