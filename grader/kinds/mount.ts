import type { MountCheck } from '../../protocol/checks/mount.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question, type Seen } from '../finding.ts';
import type { MountSeen, MountTable } from '../machine/mount.ts';
import type { ProcessSeen } from '../machine/process.ts';
import { judge } from '../nearest.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { mountFacets, mountIs, type PlacedMount } from './mount-facets.ts';
import { describeProcess, isFoundProcess } from './process-find.ts';
import { samePath } from './same-path.ts';

export async function evaluateMount(check: MountCheck, { round }: Evaluation): Promise<Finding> {
  const { target, seenBy, present, expect } = check;
  const place = span(target);
  const facets = mountFacets(target, expect);
  const asked = facets.map((facet) => facet.asked);
  const question: Question = {
    expected: present ? [say`a mount at ${place}`, ...asked].join(', ') : say`no mount at ${place}`,
    where:
      seenBy === undefined
        ? say`the mounts of your machine`
        : say`the mounts as a ${describeProcess(seenBy)} sees them`,
  };
  const tables = await tablesFor(check, round);
  if (!tables.ok) return couldNotLook(question, tables);
  if (tables.value === 'no such process') {
    const sentence = say`No ${describeProcess(seenBy ?? {})} is running, so nothing can be said of its mounts.`;
    return fail(question, { sentence, observed: say`no such process` });
  }
  if (tables.value.length === 0) return couldNotLook(question, unreadable(say`its mounts were not found`));
  const placed = tables.value.flatMap(({ mounts }): PlacedMount[] => {
    const mount = mounts.findLast((each) => samePath(each.target, target));
    return mount === undefined ? [] : [{ mount, mounts }];
  });
  if (!present) return judgeAbsence(question, place, placed[0]?.mount);
  if (placed.length === 0) return fail(question, explainNoMount(check, tables.value[0]!.mounts));
  const [nearest] = judge(placed, facets);
  const miss = nearest?.unmet[0]?.miss(nearest.candidate);
  if (miss !== undefined) return fail(question, miss, nearest?.unmet.length);
  const sentence = `${[say`${mountIs(nearest!.candidate)} is mounted at ${place}`, ...asked.slice(1)].join(', ')}.`;
  return pass(question, { sentence: capitalized(sentence), observed: mountIs(nearest!.candidate) });
}

function judgeAbsence(question: Question, place: string, mount: MountSeen | undefined): Finding {
  if (mount === undefined) {
    return pass(question, {
      sentence: say`Nothing is mounted at ${place}, as asked.`,
      observed: say`no mount`,
    });
  }
  const sentence = say`Something is still mounted at ${place} (${span(mount.type)}); the task asks that it be gone.`;
  return fail(question, { sentence, observed: span(mount.type) }, 1);
}

/** Where every machine has mounts from its start. */
const belongsToMachine = /^\/(dev|proc|sys|run|etc|var\/lib\/docker|root$)/;

/** The wanted thing mounted elsewhere, else nothing. */
function explainNoMount({ target, seenBy, expect }: MountCheck, mounts: readonly MountSeen[]): Seen {
  const none = say`Nothing is mounted at ${span(target)} yet`;
  const facets = mountFacets(target, expect);
  const elsewhere = mounts
    .slice(1)
    .filter((mount) => !belongsToMachine.test(mount.target))
    .filter((mount) => facets.length > 0 && facets.every((facet) => facet.met({ mount, mounts })))
    .map((mount) => mount.target);
  if (elsewhere.length > 0 && expect.type !== undefined) {
    return {
      sentence: say`${none}; what the task asks for is mounted at ${spans(elsewhere, 3)}.`,
      observed: say`mounted at ${spans(elsewhere, 3)}`,
    };
  }
  const own = say`A shell started by \`unshare --mount\` has mounts of its own, which the machine does not see.`;
  return {
    sentence: `${none}.`,
    observed: say`no mount`,
    ...(seenBy === undefined && expect.type !== undefined && { hint: own }),
  };
}

/** Of every process meant: their mount namespaces and roots may differ. */
async function tablesFor(
  { seenBy }: MountCheck,
  round: Round,
): Promise<Observation<readonly MountTable[] | 'no such process'>> {
  const [tables, processes, containers] = await Promise.all([
    round.mounts(),
    seenBy === undefined ? ({ ok: true, value: [] as readonly ProcessSeen[] } as const) : round.processes(),
    seenBy?.container === undefined
      ? ({ ok: true, value: [] as readonly ContainerSummary[] } as const)
      : round.containers(),
  ]);
  if (!tables.ok) return tables;
  if (!processes.ok) return processes;
  if (!containers.ok) return containers;
  if (seenBy === undefined) return { ok: true, value: tables.value.slice(0, 1) };
  const meant = processes.value.filter(
    (one) => one.pid !== 1 && isFoundProcess(seenBy, one, containers.value),
  );
  if (meant.length === 0) return { ok: true, value: 'no such process' };
  const seen = tables.value.filter((table) =>
    meant.some((process) => process.ns.mnt === table.ns && process.root === table.root),
  );
  return { ok: true, value: seen };
}

function capitalized(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}
