import type { NetworkCheck } from '../../protocol/checks/network.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { NetworkSeen } from '../docker/network.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, type Finding } from '../finding.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { keyedTextFacets, textFacet } from './config-facets.ts';
import { explainAbsence } from './named-absent.ts';
import { askedOfNamed, judgeNamed } from './named-thing.ts';

/** Docker has these from the start: no learner made them. */
const builtIn = ['bridge', 'host', 'none'];

export async function evaluateNetwork(check: NetworkCheck, { round }: Evaluation): Promise<Finding> {
  const { name, present, expect } = check;
  const called = say`network ${span(name)}`;
  const [networks, containers] = await Promise.all([
    round.networks(),
    expect.attached === undefined ? ({ ok: true, value: [] } as const) : round.containers(),
  ]);
  const facets = networkFacets(check, containers.ok ? containers.value : []);
  const question = {
    expected: askedOfNamed({ called, present, facets }),
    where: say`the networks of your Docker`,
  };
  if (!networks.ok) return couldNotLook(question, networks);
  if (!containers.ok) return couldNotLook(question, containers);
  const there = networks.value.map((network) => network.name).filter((each) => !builtIn.includes(each));
  return judgeNamed({
    question,
    present,
    called,
    thing: networks.value.find((network) => network.name === name),
    facets,
    absent: () => explainAbsence({ noun: say`network`, name, there: there.length > 0 ? there : builtIn }),
  });
}

function networkFacets(
  { name, expect }: NetworkCheck,
  containers: readonly ContainerSummary[],
): Facet<NetworkSeen>[] {
  const { driver, internal, labels, attached } = expect;
  const subject = (): string => say`Network ${span(name)}`;
  const facets: Facet<NetworkSeen>[] = [];
  if (driver !== undefined) {
    const wanted = { equals: driver };
    facets.push(textFacet({ noun: say`driver`, wanted, subject, seen: (network) => network.driver }));
  }
  if (internal !== undefined) facets.push(internalFacet(internal, subject()));
  facets.push(
    ...keyedTextFacets({
      noun: say`label`,
      wanted: labels,
      subject,
      seen: (network: NetworkSeen) => network.labels,
    }),
  );
  if (attached !== undefined) facets.push(attachedFacet({ name, attached, containers }));
  return facets;
}

function internalFacet(wanted: boolean, subject: string): Facet<NetworkSeen> {
  const words = (internal: boolean): string =>
    internal
      ? say`is internal (nothing outside can be reached from it)`
      : say`leads outside (it is not internal)`;
  return {
    asked: say`that ${words(wanted)}`,
    met: (network) => network.internal === wanted,
    miss: () => ({
      sentence: say`${subject} ${words(!wanted)}; the task asks for one that ${words(wanted)}.`,
      observed: words(!wanted),
    }),
  };
}

function attachedFacet(options: {
  name: string;
  attached: readonly string[];
  containers: readonly ContainerSummary[];
}): Facet<NetworkSeen> {
  const { name, attached, containers } = options;
  const members = containers.filter((each) => each.networks.includes(name)).map((each) => each.name);
  const lacking = attached.filter((each) => !members.includes(each));
  return {
    asked: say`with ${spans(attached)} attached`,
    met: () => lacking.length === 0,
    miss: () => {
      const has = members.length === 0 ? say`no container attached` : say`${spans(members, 4)} attached`;
      const fault =
        members.length === 0
          ? say`${has}; the task asks for ${spans(lacking)}`
          : say`${has}, but not ${spans(lacking)}`;
      const absent = lacking.filter((each) => !containers.some((container) => container.name === each));
      const hint = absent.length === 0 ? '' : say` There is no container called ${spans(absent)} yet.`;
      return {
        sentence: say`Network ${span(name)} has ${fault}.${hint}`,
        observed: has,
      };
    },
  };
}
