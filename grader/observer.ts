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
  /** The running kernel, as uname(2) has it. */
  kernel(options?: LookOptions): Promise<Observation<{ release: string; version: string; machine: string }>>;
}
