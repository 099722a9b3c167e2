/**
 * Two levels a sandbox, on every host:
 *
 *     /chrootcamp-<instance>/<id>          limits; owned by host root, invisible inside
 *     /chrootcamp-<instance>/<id>/inner    root of the sandbox's cgroup namespace; delegated to its mapped root
 *
 * The limits hold for whatever is done below (pattern: Sysbox).
 */
import { stat } from 'node:fs/promises';
import type { Limits } from '../../../../protocol/limits.ts';
import type { CgroupUsage } from './usage.ts';

export interface CgroupHierarchy {
  mountPoint: string;
  /** Bound to it on v1: `cpu` and `cpuacct` share one. Empty on v2. */
  controllers: readonly string[];
}

export type Weights = Pick<Limits, 'cpuWeight' | 'ioWeight'>;

/** Of what nobody waits for: a tenth of a learner's. */
export const backgroundWeights: Weights = { cpuWeight: 10, ioWeight: 10 };

/** Each cgroup costs the kernel memory and whoever walks them time; lessons and Docker make some dozens. */
export const maxCgroups = 1_000;

/** How many cgroups there are, for hosts whose kernel does not bound them. */
export interface CgroupCensus {
  /** On the whole host, in the hierarchies that the kernel counts; those that were removed and still hold memory included. */
  ofHost(): Promise<number>;
  /** Below a sandbox's, in the hierarchy where it has most; counting ends at `max`. */
  below(path: string, options: { counted: boolean; max: number }): Promise<number>;
}

export interface CgroupHost {
  readonly version: 'v1' | 'v2';
  /** Null where the kernel bounds how many a sandbox has. */
  readonly census: CgroupCensus | null;
  /** Where the controllers are mounted on this host; on v2 the one hierarchy holds them all. */
  readonly hierarchies: readonly CgroupHierarchy[];
  /** Makes both levels and writes the limits. `owner`: host uid of the sandbox's root. */
  create(options: { path: string; limits: Limits; owner: number }): Promise<void>;
  /** Writes anew what a sandbox weighs against others. */
  weigh(options: { path: string } & Weights): Promise<void>;
  /** After the runtime has made its part and before PID 1 runs. */
  delegate(options: { path: string; owner: number }): Promise<void>;
  /**
   * Resolves when processes may join. On v2 PID 1 first moves itself out of the way of the no-internal-process rule; an
   * exec before that would spoil it.
   */
  whenJoinable(path: string): Promise<void>;
  /** Host pids of every process below, at most `max`. */
  pids(path: string, max: number): Promise<number[]>;
  usage(path: string): Promise<CgroupUsage>;
  /** Tells when it may be worth to read again. Returns what ends it. */
  follow(path: string, onEvent: () => void): () => void;
  /** Tells each time the limit of this very cgroup ended a program. Returns what ends it. */
  followOutOfMemory(path: string, onEvent: () => void): () => void;
  /** Ends everything below, frozen or not. Rejects where something survives. */
  kill(path: string): Promise<void>;
  /** Removes both levels and what was made below; nothing may run there any more. */
  remove(path: string): Promise<void>;
  /** Removes the instance's own level. */
  removeInstance(instancePath: string): Promise<void>;
  /** Host uid of the sandbox's root, to whom the inner level was delegated; null where that is not there, or not yet. */
  ownerOf(path: string): Promise<number | null>;
  /** Names of all sandboxes below the instance's cgroup. */
  list(instancePath: string): Promise<string[]>;
}

/** The one that a controller is bound to. */
export function hierarchyOf(
  { version, hierarchies }: Pick<CgroupHost, 'version' | 'hierarchies'>,
  controller: string,
): CgroupHierarchy | undefined {
  return hierarchies.find(({ controllers }) => version === 'v2' || controllers.includes(controller));
}

/** Of one directory; see `CgroupHost.ownerOf`. */
export async function delegatedTo(directory: string): Promise<number | null> {
  const found = await stat(directory).catch(() => null);
  return found === null || found.uid === 0 ? null : found.uid;
}

export function innerPath(path: string): string {
  return `${path}/inner`;
}

/** Where sandbox `id` of an instance lives in every hierarchy. */
export function sandboxCgroup(instance: string, id: string): string {
  return `${instanceCgroup(instance)}/${id}`;
}

export function instanceCgroup(instance: string): string {
  return `/chrootcamp-${instance}`;
}
