/** How many learners a computer carries, by each of what they need, and which of it runs out first. */
import type { CapacityView } from '../../protocol/sandbox-api.ts';
import type { KernelFacts } from './kernel-facts.ts';

export interface ResourceJudgement {
  name: string;
  /** Learners who work. */
  learners: number;
  /** Learners whose machines only run, Docker up. */
  idle: number;
  /** What there is, and what each takes. */
  why: string;
  /** What to change to carry more. */
  mend: string;
}

export interface CapacityJudgement {
  learners: number;
  idle: number;
  bound: ResourceJudgement;
  resources: ResourceJudgement[];
}

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;
const mebibytes = (bytes: number): string => `${Math.round(bytes / MiB)} MiB`;
const gibibytes = (bytes: number): string => `${(bytes / GiB).toFixed(1)} GiB`;

/** A learner opens some shells and runs some containers: so much more than an idle machine. */
const atWork = { threads: 60, ptys: 5 } as const;
/** Threads of everything else on the host. */
const hostThreads = 1_000;

/** `view.footprint` is there. */
export function judgeCapacity(view: CapacityView, kernel: KernelFacts): CapacityJudgement {
  const resources = [
    judgeMost(view),
    judgeMemory(view),
    judgeDisk(view),
    judgeKept(view),
    judgeThreads(view, kernel),
    judgeNetNamespaces(kernel),
    judgePtys(kernel),
  ].filter((one) => one !== null);
  const bound = resources.toSorted((a, b) => a.learners - b.learners)[0] as ResourceJudgement;
  const idle = Math.min(...resources.map((one) => one.idle));
  return { learners: bound.learners, idle, bound, resources };
}

type Footprint = NonNullable<CapacityView['footprint']>;
const footprintOf = ({ footprint }: CapacityView): Footprint => footprint as Footprint;
const runningOf = ({ running, warm }: CapacityView): number => running + warm;
const share = (have: number, each: number): number => Math.max(0, Math.floor(have / Math.max(1, each)));

function judgeMost({ capacity: { most } }: CapacityView): ResourceJudgement {
  return {
    name: 'configured',
    learners: most,
    idle: most,
    why: `capacity.most is ${most}`,
    mend: 'raise capacity.most in config.yaml',
  };
}

function judgeMemory(view: CapacityView): ResourceJudgement {
  const { memoryBytes } = footprintOf(view);
  const reserve = view.capacity.memoryReserveBytes;
  const have = view.room.memoryAvailableBytes + runningOf(view) * memoryBytes - reserve;
  const working = Math.max(memoryBytes, view.expected.memoryBytes);
  return {
    name: 'memory',
    learners: share(have, working),
    idle: share(have, memoryBytes),
    why: `${gibibytes(have)} beside the reserve of ${gibibytes(reserve)}; a machine takes ${mebibytes(memoryBytes)} idle, ${mebibytes(working)} are counted for one at work`,
    mend: 'add memory, stop what else runs here, or lower capacity.memoryReserveBytes',
  };
}

function judgeDisk(view: CapacityView): ResourceJudgement {
  const { diskBytes } = footprintOf(view);
  const reserve = view.capacity.diskReserveBytes;
  const have = view.room.diskFreeBytes + runningOf(view) * diskBytes - reserve;
  const working = Math.max(diskBytes, view.expected.diskBytes);
  return {
    name: 'disk',
    learners: share(have, working),
    idle: share(have, diskBytes),
    why: `${gibibytes(have)} beside the reserve of ${gibibytes(reserve)}; ${mebibytes(working)} are counted for one at work, without kept starts of exercises`,
    mend: 'a larger disk for the data directory, fewer lifetimes.keepDays, or a smaller checkpoints.bytes',
  };
}

function judgeKept({ mostKept, stopped }: CapacityView): ResourceJudgement {
  return {
    name: 'ids',
    learners: mostKept - stopped,
    idle: mostKept - stopped,
    why: `${mostKept} ranges of user ids, one a machine, ${stopped} of them held by stopped ones`,
    mend: 'fewer lifetimes.keepDays, so that stopped machines go earlier',
  };
}

function judgeThreads(view: CapacityView, kernel: KernelFacts): ResourceJudgement | null {
  const limits = [
    { name: 'kernel.pid_max', value: kernel.pidMax },
    { name: 'kernel.threads-max', value: kernel.threadsMax },
  ].filter((one): one is { name: string; value: number } => one.value !== null);
  const least = limits.toSorted((a, b) => a.value - b.value)[0];
  if (least === undefined) return null;
  const { threads } = footprintOf(view);
  const have = least.value - hostThreads;
  return {
    name: 'processes',
    learners: share(have, threads + atWork.threads),
    idle: share(have, threads),
    why: `${least.name} is ${least.value}; a machine has ${threads} threads idle, ${threads + atWork.threads} are counted for one at work`,
    mend: `sysctl -w ${least.name}=${4 * least.value}`,
  };
}

function judgeNetNamespaces({ netNamespaces }: KernelFacts): ResourceJudgement | null {
  if (netNamespaces === null) return null;
  return {
    name: 'network namespaces',
    learners: netNamespaces,
    idle: netNamespaces,
    why: `user.max_net_namespaces is ${netNamespaces}; a machine’s gateway is one, its own are counted for itself`,
    mend: `sysctl -w user.max_net_namespaces=${4 * netNamespaces}`,
  };
}

function judgePtys({ ptys }: KernelFacts): ResourceJudgement | null {
  if (ptys === null) return null;
  return {
    name: 'terminals',
    learners: share(ptys, atWork.ptys),
    idle: share(ptys, 1),
    why: `kernel.pty.max is ${ptys}; up to ${atWork.ptys} a machine`,
    mend: `sysctl -w kernel.pty.max=${4 * ptys}`,
  };
}
