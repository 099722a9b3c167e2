import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { Facet } from '../nearest.ts';
import { say, words } from '../say.ts';
import { span, spans } from '../span.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';

type Expect = ContainerCheck['expect'];
type Mode = NonNullable<Expect['networkMode'] | Expect['pidMode']>;

/** `all`: every container, to name those whose namespaces are joined. */
export function networkFacets(expect: Expect, all: readonly ContainerSummary[]): Facet<InspectedContainer>[] {
  const { networks, networkMode, pidMode } = expect;
  return [
    ...(networks === undefined ? [] : [attachedFacet(networks)]),
    ...(networkMode === undefined ? [] : [modeFacet(networkMode, 'networkMode', all)]),
    ...(pidMode === undefined ? [] : [modeFacet(pidMode, 'pidMode', all)]),
  ];
}

function attachedFacet(wanted: readonly string[]): Facet<InspectedContainer> {
  const word = wanted.length === 1 ? say`network` : say`networks`;
  return {
    asked: say`on the ${word} ${spans(wanted)}`,
    met: ({ detail }) => wanted.every((name) => detail.networks.includes(name)),
    miss: (container) => {
      const { networks } = container.detail;
      const lacking = wanted.filter((name) => !networks.includes(name));
      const on = networks.length === 0 ? say`on no network` : say`on the network ${spans(networks, 4)}`;
      return {
        sentence: say`${containerCalled(container)} is ${on}; the task asks for ${spans(lacking)}${lacking.length < wanted.length ? say` as well` : ''}.`,
        observed: on,
      };
    },
  };
}

const nouns = words({ networkMode: 'network', pidMode: 'process ids' });

function modeFacet(
  wanted: Mode,
  key: keyof typeof nouns,
  all: readonly ContainerSummary[],
): Facet<InspectedContainer> {
  const noun = nouns[key];
  const asked = modeWords(typeof wanted === 'string' ? wanted : `container:${wanted.container}`, noun, all);
  return {
    asked: say`with ${asked}`,
    met: ({ detail }) => {
      const seen = detail.host[key];
      if (typeof wanted === 'string') return seen === wanted;
      const joined = joinedContainer(seen, all);
      return joined !== null && joined.name === wanted.container;
    },
    miss: (container) => {
      const is = modeWords(container.detail.host[key], noun, all);
      return {
        sentence: say`${containerCalled(container)} has ${is}; the task asks for ${asked}.`,
        observed: is,
      };
    },
  };
}

/** Docker notes the id of a joined container, whatever was typed; it may be gone since. */
function joinedContainer(mode: string, all: readonly ContainerSummary[]): { name: string } | null {
  const id = /^container:(.+)$/s.exec(mode)?.[1];
  if (id === undefined) return null;
  return all.find((container) => container.id === id) ?? { name: id.slice(0, 64) };
}

/** "the network of container `web`", "your machine's own process ids". */
function modeWords(mode: string, noun: string, all: readonly ContainerSummary[]): string {
  const joined = joinedContainer(mode, all);
  if (joined !== null) {
    const name = /^[0-9a-f]{64}$/.test(joined.name) ? joined.name.slice(0, 12) : joined.name;
    return say`the ${noun} of container ${span(name)}`;
  }
  if (mode === 'host') return say`your machine's own ${noun}`;
  return mode === 'none' ? say`no ${noun} at all` : say`${noun} of its own`.replace(/^network/, 'a network');
}
