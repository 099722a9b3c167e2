import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { spans } from '../span.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';

type Capabilities = NonNullable<ContainerCheck['expect']['capabilities']>;

/** What was dropped from, and added to, the capabilities that Docker gives each container. */
export function capabilityFacets({ dropped, added }: Capabilities = {}): Facet<InspectedContainer>[] {
  return [
    ...(dropped === undefined ? [] : [droppedFacet(dropped)]),
    ...(added === undefined ? [] : [addedFacet(added)]),
  ];
}

function capability(names: readonly string[]): string {
  return names.length === 1 ? say`the capability ${spans(names)}` : say`the capabilities ${spans(names)}`;
}

function droppedFacet(wanted: readonly string[]): Facet<InspectedContainer> {
  const kept = ({ detail }: InspectedContainer): string[] => {
    const { dropped } = detail.host.capabilities;
    return dropped.includes('ALL') ? [] : wanted.filter((name) => !dropped.includes(name));
  };
  const all = wanted.includes('ALL');
  return {
    asked: all ? say`with all capabilities dropped` : say`with ${capability(wanted)} dropped`,
    met: (container) => kept(container).length === 0,
    miss: (container) => {
      const { dropped } = container.detail.host.capabilities;
      const drops = dropped.length === 0 ? say`drops no capability` : say`drops only ${capability(dropped)}`;
      const task = all
        ? say`that all of them be dropped`
        : say`that it drop ${dropped.length === 0 ? '' : 'also '}${capability(kept(container))}`;
      return {
        sentence: say`${containerCalled(container)} ${drops}; the task asks ${task}.`,
        observed: drops,
      };
    },
  };
}

function addedFacet(wanted: readonly string[]): Facet<InspectedContainer> {
  const surplus = ({ detail }: InspectedContainer): string[] =>
    detail.host.capabilities.added.filter((name) => !wanted.includes(name));
  const lacking = ({ detail }: InspectedContainer): string[] =>
    wanted.filter((name) => !detail.host.capabilities.added.includes(name));
  return {
    asked:
      wanted.length === 0
        ? say`with no capability added`
        : say`with ${capability(wanted)} added and no other`,
    met: (container) => surplus(container).length === 0 && lacking(container).length === 0,
    miss: (container) => {
      const { added } = container.detail.host.capabilities;
      const missing = lacking(container);
      const subject = containerCalled(container);
      const sentence =
        missing.length > 0
          ? say`${subject} was not given ${capability(missing)}, which the task asks for.`
          : say`${subject} was given ${capability(surplus(container))}, which the task does not ask for.`;
      return {
        sentence,
        observed: added.length === 0 ? say`no capability added` : say`${capability(added)} added`,
      };
    },
  };
}
