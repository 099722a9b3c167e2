import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { ContainerDetail } from '../docker/container.ts';
import type { Facet } from '../nearest.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';
import { say, words } from '../say.ts';

/** What is either on or off, after "with" or "without". */
const things = words({
  tty: 'a terminal of its own (`-t`)',
  openStdin: 'its standard input kept open (`-i`)',
  readOnlyRoot: 'a read-only root file system',
  privileged: 'all rights of your machine (`--privileged`)',
  autoRemove: 'removal at its end (`--rm`)',
});

const switches = [
  { key: 'tty', seen: (detail: ContainerDetail) => detail.tty },
  {
    key: 'openStdin',
    seen: (detail: ContainerDetail) => detail.openStdin,
  },
  {
    key: 'readOnlyRoot',
    seen: (detail: ContainerDetail) => detail.host.readOnlyRoot,
  },
  {
    key: 'privileged',
    seen: (detail: ContainerDetail) => detail.host.privileged,
  },
  {
    key: 'autoRemove',
    seen: (detail: ContainerDetail) => detail.host.autoRemove,
  },
] as const;

export function switchFacets(expect: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  return switches.flatMap(({ key, seen }) => {
    const has = things[key];
    const wanted = expect[key];
    if (wanted === undefined) return [];
    const [asked, fault] = wanted ? [say`with`, say`without`] : [say`without`, say`with`];
    const facet: Facet<InspectedContainer> = {
      asked: `${asked} ${has}`,
      met: ({ detail }) => seen(detail) === wanted,
      miss: (container) => ({
        sentence: say`${containerCalled(container)} was made ${fault} ${has}; the task asks for one ${asked} it.`,
        observed: `${fault} ${has}`,
      }),
    };
    return [facet];
  });
}
