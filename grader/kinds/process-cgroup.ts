import type { ProcessCheck } from '../../protocol/checks/process.ts';
import type { CgroupSeen } from '../machine/cgroup.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Facet } from '../nearest.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { isWithin } from './cgroup-facets.ts';
import { limitFacets } from './cgroup-limits.ts';
import { processRunning } from './process-running.ts';

/** Cgroups looked at for one check. */
const maxCgroups = 10;

/** By which each limit is held on v1, where every controller has paths of its own. */
const holders = { memoryBytes: 'memory', cpus: 'cpu', pids: 'pids' } as const;

export type CgroupsByPath = ReadonlyMap<string, CgroupSeen>;

/** The cgroups of the processes found, where their limits are asked for. */
export async function cgroupsOf(
  { expect }: ProcessCheck,
  found: readonly ProcessSeen[],
  round: Round,
): Promise<Observation<CgroupsByPath>> {
  if (expect.limits === undefined) return { ok: true, value: new Map() };
  const paths = [
    ...new Set(found.flatMap((process) => Object.values(holders).map((name) => pathIn(process, name)))),
  ];
  const wanted = paths.filter((path) => path !== undefined).slice(0, maxCgroups);
  const looks = await Promise.all(wanted.map((path) => round.cgroup(path)));
  const seen = new Map<string, CgroupSeen>();
  for (const [index, look] of looks.entries()) {
    if (!look.ok) return look;
    if (look.value !== null) seen.set(wanted[index]!, look.value);
  }
  return { ok: true, value: seen };
}

export function processCgroupFacets(
  { cgroup, limits }: ProcessCheck['expect'],
  cgroups: CgroupsByPath,
): Facet<ProcessSeen>[] {
  return [
    ...(cgroup === undefined ? [] : [placeFacet(cgroup)]),
    ...limitFacets<ProcessSeen>({
      limits,
      subject: (process) => say`${processRunning(process)}, but its cgroup`,
      seen: (process) => ({
        memoryBytes: limitsOf(process, 'memoryBytes', cgroups),
        cpus: limitsOf(process, 'cpus', cgroups),
        pids: limitsOf(process, 'pids', cgroups),
      }),
    }),
  ];
}

function limitsOf(
  process: ProcessSeen,
  key: keyof typeof holders,
  cgroups: CgroupsByPath,
): number | null | undefined {
  return cgroups.get(pathIn(process, holders[key]) ?? '')?.limits[key];
}

function pathIn({ cgroups }: ProcessSeen, controller: string): string | undefined {
  return cgroups.get(controller) ?? cgroups.get('');
}

function placeFacet(path: string): Facet<ProcessSeen> {
  return {
    asked: say`in cgroup ${span(path)}`,
    met: (process) => isWithin(process, path),
    miss: (process) => {
      const at = [...process.cgroups.values()].find((each) => each !== '/') ?? '/';
      return {
        sentence: say`${processRunning(process)}, but in cgroup ${span(at)}; the task asks for ${span(path)}.`,
        observed: say`in ${span(at)}`,
        hint: say`Writing its process id to \`cgroup.procs\` puts a process into a cgroup.`,
      };
    },
  };
}
