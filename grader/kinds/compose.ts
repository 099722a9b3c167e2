import type { ComposeCheck } from '../../protocol/checks/compose.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, fail, pass, type Finding, type Question, type Seen } from '../finding.ts';
import { judge } from '../nearest.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { judgeComposeFile } from './compose-file.ts';
import { composeFacets, projectOf, type ComposeProject } from './compose-facets.ts';

export async function evaluateCompose(check: ComposeCheck, { round }: Evaluation): Promise<Finding> {
  const called = say`compose project ${span(check.project)}`;
  const facets = composeFacets(check);
  const asked = facets.map((facet) => facet.asked);
  const question: Question = {
    expected: check.present ? [called, ...asked].join(', ') : say`nothing of ${called}`,
    where: say`what compose made in your Docker`,
  };
  const [containers, networks, volumes] = await Promise.all([
    round.containers(),
    round.networks(),
    check.volumes === undefined ? ({ ok: true, value: [] } as const) : round.volumes(),
  ]);
  if (!containers.ok) return couldNotLook(question, containers);
  if (!networks.ok) return couldNotLook(question, networks);
  if (!volumes.ok) return couldNotLook(question, volumes);
  const file = check.file === undefined ? null : await judgeComposeFile(check.file, round);
  if (file?.blind !== undefined) return couldNotLook({ ...question, where: file.where }, file.blind);
  if (file?.miss !== undefined) return fail({ ...question, where: file.where }, file.miss, 1);
  const project = projectOf(check.project, {
    containers: containers.value,
    networks: networks.value,
    volumes: volumes.value,
  });
  const left = leftOf(project);
  if (!check.present) {
    if (left === null) {
      return pass(question, {
        sentence: say`Nothing of the ${called} is left, as asked.`,
        observed: say`nothing of it`,
      });
    }
    const sentence = say`Of the ${called} there is still ${left}; the task asks that it be gone.`;
    return fail(question, { sentence, observed: left }, 1);
  }
  if (left === null) return fail(question, absent(check.project, containers.value));
  const [{ unmet } = { unmet: [] }] = judge([project], facets);
  if (unmet[0] !== undefined) return fail(question, unmet[0].miss(project), unmet.length);
  const sentence = `${[say`The ${called} is there`, ...asked].join(', ')}.`;
  return pass(question, { sentence, observed: left });
}

/** "`shop-web-1` and `shop-db-1`"; null where neither container nor network is left. */
function leftOf({ containers, networks }: ComposeProject): string | null {
  if (containers.length > 0) return spans(containers.map((container) => container.name));
  return networks.length > 0 ? say`the network ${spans(networks)}` : null;
}

function absent(project: string, containers: readonly ContainerSummary[]): Seen {
  const others = containers.flatMap((container) => container.labels.get('com.docker.compose.project') ?? []);
  const names = [...new Set(others)];
  const none = say`There is no compose project ${span(project)} yet`;
  if (names.length === 0) return { sentence: `${none}.`, observed: say`no compose project` };
  return {
    sentence: say`${none}; there is ${spans(names, 4)}. A project is named after its directory.`,
    observed: spans(names, 4),
  };
}
