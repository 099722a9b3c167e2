import type { ProcessCheck } from '../../protocol/checks/process.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, unreadable, type Finding, type Question } from '../finding.ts';
import type { ProcessSeen } from '../machine/process.ts';
import { judge, type Judged } from '../nearest.ts';
import type { Observation } from '../observer.ts';
import type { Round } from '../round.ts';
import { say } from '../say.ts';
import { listed, span } from '../span.ts';
import { explainNoProcess } from './process-absent.ts';
import { cgroupsOf, processCgroupFacets } from './process-cgroup.ts';
import { comparisonFacets } from './process-compared.ts';
import { processFacets } from './process-facets.ts';
import { describeProcess, isFoundProcess } from './process-find.ts';

/** PID 1 is what the namespaces are compared with, and never what a learner started. */
export async function evaluateProcess(check: ProcessCheck, { round }: Evaluation): Promise<Finding> {
  const question: Question = {
    expected: say`a ${describeProcess(check.find)}`,
    where: say`the processes of your machine`,
  };
  const [seen, containers] = await Promise.all([round.processes(), containersFor(check, round)]);
  if (!seen.ok) return couldNotLook(question, seen);
  if (!containers.ok) return couldNotLook(question, containers);
  const init = seen.value.find((process) => process.pid === 1);
  if (init === undefined) return couldNotLook(question, unreadable(say`its first process was not found`));
  const started = seen.value.filter((process) => process !== init);
  const find = (wanted: ProcessCheck['find']): ProcessSeen[] =>
    started
      .filter((process) => isFoundProcess(wanted, process, containers.value))
      .toSorted((left, right) => right.pid - left.pid);
  const found = find(check.find);
  const cgroups = await cgroupsOf(check, found, round);
  if (!cgroups.ok) return couldNotLook(question, cgroups);
  const facets = [
    ...processFacets(check.expect, init),
    ...comparisonFacets(check.expect, find),
    ...processCgroupFacets(check.expect, cgroups.value),
  ];
  const asked = facets.map((facet) => facet.asked).join(', ');
  const whole = { ...question, expected: [question.expected, asked].filter(Boolean).join(', ') };
  const judged = judge(found, facets);
  if (check.count !== undefined) return concludeCount(whole, check, judged);
  const [nearest] = judged;
  if (nearest === undefined) return fail(whole, explainNoProcess(check, started, containers.value));
  const miss = nearest.unmet[0];
  if (miss !== undefined) return fail(whole, miss.miss(nearest.candidate), nearest.unmet.length);
  const { name, pid } = nearest.candidate;
  const how = asked === '' ? '' : `, ${asked}`;
  const sentence = say`A process called ${span(name)} is running${how}.`;
  return pass(whole, { sentence, observed: say`process ${pid}, ${span(name)}` });
}

/** Only where a container is asked for by name. */
async function containersFor(
  { find, expect }: ProcessCheck,
  round: Round,
): Promise<Observation<readonly ContainerSummary[]>> {
  const finds = [find, expect.sameNamespacesAs?.process, expect.differsFrom?.process];
  const needed = finds.some((each) => each?.container !== undefined);
  return needed ? round.containers() : { ok: true, value: [] };
}

function concludeCount(
  question: Question,
  { find, count = {} }: ProcessCheck,
  judged: readonly Judged<ProcessSeen>[],
): Finding {
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = count;
  const bounds = listed([
    ...(count.atLeast === undefined ? [] : [say`at least ${atLeast}`]),
    ...(count.atMost === undefined ? [] : [say`at most ${atMost}`]),
  ]);
  const number = judged.filter(({ unmet }) => unmet.length === 0).length;
  const expected = `${bounds}: ${question.expected}`;
  const kind = describeProcess(find, { isPlural: number !== 1 });
  const asAsked = question.expected === say`a ${describeProcess(find)}` ? '' : say` as asked`;
  const verb = number === 1 ? say`is` : say`are`;
  const are = say`${number === 0 ? say`No` : number} ${kind} ${verb} running${asAsked}`;
  const observed = String(number);
  if (number >= atLeast && number <= atMost) {
    return pass({ ...question, expected }, { sentence: `${are}.`, observed });
  }
  const almost = judged.find(({ unmet }) => unmet.length > 0);
  const miss = number < atLeast ? almost?.unmet[0]?.miss(almost.candidate).sentence : undefined;
  const sentence = [say`${are}; the task asks for ${bounds}.`, miss].filter(Boolean).join(' ');
  const distance = Math.max(atLeast - number, number - atMost);
  return fail({ ...question, expected }, { sentence, observed }, distance);
}
