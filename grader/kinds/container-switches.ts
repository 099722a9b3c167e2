import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { ContainerDetail } from '../docker/container.ts';
import type { Facet } from '../nearest.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';

/** What is either on or off; `has` follows "with" or "without". */
const switches = [
  { key: 'tty', has: 'a terminal of its own (`-t`)', seen: (detail: ContainerDetail) => detail.tty },
  {
    key: 'openStdin',
    has: 'its standard input kept open (`-i`)',
    seen: (detail: ContainerDetail) => detail.openStdin,
  },
  {
    key: 'readOnlyRoot',
    has: 'a read-only root file system',
    seen: (detail: ContainerDetail) => detail.host.readOnlyRoot,
  },
  {
    key: 'privileged',
    has: 'all rights of your machine (`--privileged`)',
    seen: (detail: ContainerDetail) => detail.host.privileged,
  },
  {
    key: 'autoRemove',
    has: 'removal at its end (`--rm`)',
    seen: (detail: ContainerDetail) => detail.host.autoRemove,
  },
] as const;

export function switchFacets(expect: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  return switches.flatMap(({ key, has, seen }) => {
    const wanted = expect[key];
    if (wanted === undefined) return [];
    const [asked, fault] = wanted ? ['with', 'without'] : ['without', 'with'];
    const facet: Facet<InspectedContainer> = {
      asked: `${asked} ${has}`,
      met: ({ detail }) => seen(detail) === wanted,
      miss: (container) => ({
        sentence: `${containerCalled(container)} was made ${fault} ${has}; the task asks for one ${asked} it.`,
        observed: `${fault} ${has}`,
      }),
    };
    return [facet];
  });
}
