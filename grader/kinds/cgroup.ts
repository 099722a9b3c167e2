import type { CgroupCheck } from '../../protocol/checks/cgroup.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, type Finding, type Question, type Seen } from '../finding.ts';
import type { CgroupSeen } from '../machine/cgroup.ts';
import type { ProcessSeen } from '../machine/process.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { cgroupFacets, controllersFor, type SeenCgroup } from './cgroup-facets.ts';
import { askedOfNamed, judgeNamed } from './named-thing.ts';

export async function evaluateCgroup(check: CgroupCheck, { round }: Evaluation): Promise<Finding> {
  const { path, present, expect } = check;
  const called = say`cgroup ${span(path)}`;
  const [cgroup, members] = await Promise.all([round.cgroup(path), membersFor(check, round)]);
  const facets = cgroupFacets(check, members.ok ? members.value.containers : []);
  const question: Question = {
    expected: askedOfNamed({ called, present, facets }),
    where: say`the cgroups of your machine`,
  };
  if (!cgroup.ok) return couldNotLook(question, cgroup);
  if (!members.ok) return couldNotLook(question, members);
  const lacking = cgroup.value === null ? [] : lackingControllers(cgroup.value, expect);
  if (present && lacking.length > 0) return fail(question, explainController(path, lacking), lacking.length);
  const thing: SeenCgroup | undefined =
    cgroup.value === null ? undefined : { cgroup: cgroup.value, processes: members.value.processes };
  const absent = present && thing === undefined ? await explainNoCgroup(path, round) : null;
  return judgeNamed({
    question,
    present,
    called,
    thing,
    facets,
    absent: () => absent ?? { sentence: say`There is no ${called} yet.`, observed: say`no such cgroup` },
  });
}

/** On v1 it may have been made for other controllers only; on v2 it may have none. */
function lackingControllers(cgroup: CgroupSeen, expect: CgroupCheck['expect']): string[] {
  return controllersFor(expect).filter((name) => !cgroup.controllers.includes(name));
}

function explainController(path: string, lacking: readonly string[]): Seen {
  return {
    sentence: say`There is a cgroup ${span(path)}, but not for ${spans(lacking)}, which its limits need.`,
    observed: say`no ${spans(lacking)}`,
    hint: say`Each controller is mounted below \`/sys/fs/cgroup\` by its name, or is switched on in \`cgroup.subtree_control\` of the cgroup above.`,
  };
}

/** The cgroups that are in the one above. */
async function explainNoCgroup(path: string, round: Round): Promise<Seen> {
  const seen: Seen = { sentence: say`There is no cgroup ${span(path)} yet.`, observed: say`no such cgroup` };
  const cut = path.replace(/\/+$/, '').lastIndexOf('/');
  const parent = path.slice(0, cut) || '/';
  const above = await round.cgroup(parent);
  if (!above.ok) return seen;
  if (above.value === null) {
    return {
      ...seen,
      sentence: say`There is no cgroup ${span(path)} yet, nor ${span(parent)} that it would be in.`,
    };
  }
  const name = path.slice(cut + 1).toLowerCase();
  const similar = above.value.children.filter((child) => child.toLowerCase().includes(name));
  if (similar.length === 0) return seen;
  return {
    sentence: say`There is no cgroup ${span(path)} yet; in ${span(parent)} there is ${spans(similar, 3)}.`,
    observed: spans(similar, 3),
  };
}

interface Members {
  processes: readonly ProcessSeen[];
  containers: readonly ContainerSummary[];
}

async function membersFor({ expect }: CgroupCheck, round: Round): Promise<Observation<Members>> {
  const { member, members } = expect;
  if (member === undefined && members === undefined)
    return { ok: true, value: { processes: [], containers: [] } };
  const [processes, containers] = await Promise.all([
    round.processes(),
    member?.container === undefined ? ({ ok: true, value: [] } as const) : round.containers(),
  ]);
  if (!processes.ok) return processes;
  if (!containers.ok) return containers;
  return { ok: true, value: { processes: processes.value, containers: containers.value } };
}
