/** What the sandbox-server sees of a sandbox from outside: by the kernel's own tables, never parsed. Rows of `sandbox-api.ts`. */

export interface FileView {
  /** `missing`: no such path. `refused`: something the server will not open (device, FIFO content, loop of links). */
  outcome: 'found' | 'missing' | 'refused';
  reason?: string;
  type?: 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character-device' | 'block-device';
  /** Permission bits, as in `0o755`. */
  mode?: number;
  /** As seen inside the sandbox; 65534 for ids outside its range. */
  uid?: number;
  gid?: number;
  sizeBytes?: number;
  mtimeMs?: number;
  /** For a link: where it points, unresolved (the look itself follows links inside the sandbox). */
  target?: string;
  /** Regular files: base64 of at most `max` bytes from the start. */
  content?: string;
  truncated?: boolean;
  /** Directories: names, at most 1,000. */
  entries?: string[];
}

/** Most paths that one request may follow. */
export const maxFollowedPaths = 32;

/** One line of `GET /v1/sandboxes/:id/files`: a hint to look again, never evidence. */
export interface FileReport {
  /** Those of the paths asked for that may be different now; none in the first line. */
  paths: string[];
  /** The host has no watches left: some of the paths are not followed. */
  incomplete: boolean;
}

/** What the kernel says of one process; bytes the learner can choose are base64 and unparsed. */
export interface RawProcess {
  /** Its pid in the sandbox's own pid namespace, 0 where it has none. */
  pid: number;
  /** Base64 of /proc/PID/status and /proc/PID/cmdline. */
  status: string;
  cmdline: string;
  /** Links of /proc/PID; null where they could not be read. */
  root: string | null;
  cwd: string | null;
  exe: string | null;
  /** `ns.pid` is like `pid:[4026531836]`. */
  ns: Record<string, string>;
  /** /proc/PID/cgroup as text, paths relative to the sandbox's cgroup root. */
  cgroup: string;
  /** Start in clock ticks since boot (field 22 of stat): tells a reused pid. */
  startTicks: number;
}

/** The mounts that processes of one mount namespace and root directory see. */
export interface RawMountTable {
  /** One of those processes, as `RawProcess` has it. */
  pid: number;
  /** `mnt:[4026531832]`. */
  ns: string;
  root: string;
  /** Base64 of /proc/PID/mountinfo, at most 128 KiB of it. */
  mountinfo: string;
  truncated: boolean;
}

/** What the kernel says of one cgroup: on v1 in each hierarchy, on v2 in the only one. */
export interface RawCgroup {
  version: 'v1' | 'v2';
  hierarchies: {
    /** Bound to this hierarchy: `memory`; empty on v2. */
    controllers: string[];
    exists: boolean;
    /** Text of its files of limits, use and state, by name; what this kernel does not have is left out. */
    files: Record<string, string>;
    /** Names of the cgroups in it, at most 100. */
    children: string[];
  }[];
}
