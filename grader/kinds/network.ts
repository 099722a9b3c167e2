import type { NetworkCheck } from '../../protocol/checks/network.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { NetworkSeen } from '../docker/network.ts';
import type { Evaluation } from '../evaluation.ts';
import { couldNotLook, type Finding } from '../finding.ts';
import type { Facet } from '../nearest.ts';
import { span, spans } from '../span.ts';
import { keyedTextFacets, textFacet } from './config-facets.ts';
import { explainAbsence } from './named-absent.ts';
import { askedOfNamed, judgeNamed } from './named-thing.ts';

/** Docker has these from the start: no learner made them. */
const builtIn = ['bridge', 'host', 'none'];

export async function evaluateNetwork(check: NetworkCheck, { round }: Evaluation): Promise<Finding> {
  const { name, present, expect } = check;
  const called = `network ${span(name)}`;
  const [networks, containers] = await Promise.all([
    round.networks(),
    expect.attached === undefined ? ({ ok: true, value: [] } as const) : round.containers(),
  ]);
  const facets = networkFacets(check, containers.ok ? containers.value : []);
  const question = {
    expected: askedOfNamed({ called, present, facets }),
    where: 'the networks of your Docker',
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
    absent: () => explainAbsence({ noun: 'network', name, there: there.length > 0 ? there : builtIn }),
  });
}

function networkFacets(
  { name, expect }: NetworkCheck,
  containers: readonly ContainerSummary[],
): Facet<NetworkSeen>[] {
  const { driver, internal, labels, attached } = expect;
  const subject = (): string => `Network ${span(name)}`;
  const facets: Facet<NetworkSeen>[] = [];
  if (driver !== undefined) {
    const wanted = { equals: driver };
    facets.push(textFacet({ noun: 'driver', wanted, subject, seen: (network) => network.driver }));
  }
  if (internal !== undefined) facets.push(internalFacet(internal, subject()));
  facets.push(
    ...keyedTextFacets({
      noun: 'label',
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
    internal ? 'is internal (nothing outside can be reached from it)' : 'leads outside (it is not internal)';
  return {
    asked: `that ${words(wanted)}`,
    met: (network) => network.internal === wanted,
    miss: () => ({
      sentence: `${subject} ${words(!wanted)}; the task asks for one that ${words(wanted)}.`,
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
    asked: `with ${spans(attached)} attached`,
    met: () => lacking.length === 0,
    miss: () => {
      const has = members.length === 0 ? 'no container attached' : `${spans(members, 4)} attached`;
      const fault =
        members.length === 0
          ? `${has}; the task asks for ${spans(lacking)}`
          : `${has}, but not ${spans(lacking)}`;
      const absent = lacking.filter((each) => !containers.some((container) => container.name === each));
      const hint = absent.length === 0 ? '' : ` There is no container called ${spans(absent)} yet.`;
      return {
        sentence: `Network ${span(name)} has ${fault}.${hint}`,
        observed: has,
      };
    },
  };
}
