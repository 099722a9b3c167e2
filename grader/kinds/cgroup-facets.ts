import type { CgroupCheck } from '../../protocol/checks/cgroup.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { CgroupSeen } from '../machine/cgroup.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { listed, span } from '../span.ts';
import { limitFacets } from './cgroup-limits.ts';
import { describeProcess, isFoundProcess } from './process-find.ts';

export interface SeenCgroup {
  cgroup: CgroupSeen;
  processes: readonly ProcessSeen[];
}

type Expect = CgroupCheck['expect'];

/** By which a limit is held, as both versions name them. */
export function controllersFor({ limits = {} }: Pick<Expect, 'limits'>): string[] {
  return [
    ...(typeof limits.memoryBytes === 'number' ? ['memory'] : []),
    ...(typeof limits.cpus === 'number' ? ['cpu'] : []),
    ...(typeof limits.pids === 'number' ? ['pids'] : []),
  ];
}

export function cgroupFacets(
  { path, expect }: CgroupCheck,
  containers: readonly ContainerSummary[],
): Facet<SeenCgroup>[] {
  const subject = (): string => say`Cgroup ${span(path)}`;
  const within = ({ processes }: SeenCgroup): ProcessSeen[] =>
    processes.filter((process) => isWithin(process, path, controllersFor(expect)));
  const { limits, member, members, frozen } = expect;
  return [
    ...limitFacets<SeenCgroup>({ limits, subject, seen: ({ cgroup }) => cgroup.limits }),
    ...(member === undefined ? [] : [memberFacet({ path, member, within, containers })]),
    ...(members === undefined ? [] : [countFacet(path, members, within)]),
    ...(frozen === undefined ? [] : [frozenFacet(path, frozen)]),
  ];
}

/** In it or below: on v1 for each of the controllers asked for, or for any where none is. */
export function isWithin(
  { cgroups }: ProcessSeen,
  path: string,
  controllers: readonly string[] = [],
): boolean {
  const prefix = `${path.replace(/\/+$/, '')}/`;
  const below = (at: string | undefined): boolean => at !== undefined && `${at}/`.startsWith(prefix);
  const unified = cgroups.get('');
  if (cgroups.size === 1 && unified !== undefined) return below(unified);
  if (controllers.length > 0) return controllers.every((name) => below(cgroups.get(name)));
  return [...cgroups.values()].some(below);
}

function memberFacet(options: {
  path: string;
  member: NonNullable<Expect['member']>;
  within: (seen: SeenCgroup) => ProcessSeen[];
  containers: readonly ContainerSummary[];
}): Facet<SeenCgroup> {
  const { path, member, within, containers } = options;
  const told = describeProcess(member);
  return {
    asked: say`with a ${told} in it`,
    met: (seen) => within(seen).some((process) => isFoundProcess(member, process, containers)),
    miss: (seen) => {
      const elsewhere = seen.processes.find((process) => isFoundProcess(member, process, containers));
      if (elsewhere === undefined) {
        return {
          sentence: say`No ${told} is running, so it cannot be in cgroup ${span(path)}.`,
          observed: say`no such process`,
        };
      }
      const at =
        elsewhere.cgroups.get('') ?? [...elsewhere.cgroups.values()].find((each) => each !== '/') ?? '/';
      return {
        sentence: say`A process called ${span(elsewhere.name)} is running, but in cgroup ${span(at)}; the task asks that it be in ${span(path)}.`,
        observed: say`in ${span(at)}`,
        hint: say`A process is put into a cgroup by writing its process id to \`cgroup.procs\` there; what it starts afterwards is in it as well.`,
      };
    },
  };
}

function countFacet(
  path: string,
  { atLeast = 0, atMost = Number.POSITIVE_INFINITY }: NonNullable<Expect['members']>,
  within: (seen: SeenCgroup) => ProcessSeen[],
): Facet<SeenCgroup> {
  const bounds = listed([
    ...(atLeast > 0 ? [say`at least ${atLeast}`] : []),
    ...(Number.isFinite(atMost) ? [say`at most ${atMost}`] : []),
  ]);
  return {
    asked: say`with ${bounds} processes in it`,
    met: (seen) => within(seen).length >= atLeast && within(seen).length <= atMost,
    miss: (seen) => {
      const count = within(seen).length;
      const has = count === 1 ? say`1 process` : say`${count} processes`;
      return {
        sentence: say`Cgroup ${span(path)} has ${has} in it; the task asks for ${bounds}.`,
        observed: has,
      };
    },
  };
}

function frozenFacet(path: string, wanted: boolean): Facet<SeenCgroup> {
  const words = (frozen: boolean): string => (frozen ? say`frozen` : say`not frozen`);
  return {
    asked: words(wanted),
    met: ({ cgroup }) => (cgroup.frozen ?? false) === wanted,
    miss: ({ cgroup }) => ({
      sentence: say`Cgroup ${span(path)} is ${words(cgroup.frozen ?? false)}; the task asks that it be ${words(wanted)}.`,
      observed: words(cgroup.frozen ?? false),
    }),
  };
}
