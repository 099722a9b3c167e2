import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { Facet } from '../nearest.ts';
import { say, words } from '../say.ts';
import { span } from '../span.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';

type Expect = ContainerCheck['expect'];

/** What becomes of a container by itself: its health, whether it is started again, how it ended. */
export function lifeFacets({ health, restartPolicy, oomKilled }: Expect): Facet<InspectedContainer>[] {
  return [
    ...(oomKilled === undefined ? [] : [oomFacet(oomKilled)]),
    ...(health === undefined ? [] : [healthFacet(health)]),
    ...(restartPolicy === undefined ? [] : [restartFacet(restartPolicy)]),
  ];
}

const healthWords: Record<NonNullable<Expect['health']>, string> = words({
  healthy: 'is healthy by its health check',
  unhealthy: 'is unhealthy by its health check',
  starting: 'has a health check that has not come to a result yet',
  none: 'has no health check',
});

function healthFacet(wanted: NonNullable<Expect['health']>): Facet<InspectedContainer> {
  return {
    asked: say`that ${healthWords[wanted]}`,
    met: ({ detail }) => detail.health === wanted || (wanted === 'none' && detail.health === ''),
    miss: (container) => {
      const { health } = container.detail;
      const known = Object.hasOwn(healthWords, health)
        ? healthWords[health as keyof typeof healthWords]
        : say`has the health ${span(health)}`;
      return {
        sentence: say`${containerCalled(container)} ${known}; the task asks for one that ${healthWords[wanted]}.`,
        observed: known,
      };
    },
  };
}

function restartFacet(wanted: NonNullable<Expect['restartPolicy']>): Facet<InspectedContainer> {
  return {
    asked: say`with the restart policy ${span(wanted)}`,
    met: ({ detail }) => detail.host.restartPolicy === wanted,
    miss: (container) => {
      const seen = span(container.detail.host.restartPolicy);
      return {
        sentence: say`${containerCalled(container)} has the restart policy ${seen}; the task asks for ${span(wanted)}.`,
        observed: say`restart policy ${seen}`,
      };
    },
  };
}

function oomFacet(wanted: boolean): Facet<InspectedContainer> {
  const words = (killed: boolean): string =>
    killed ? say`was ended for want of memory` : say`was not ended for want of memory`;
  return {
    asked: say`that ${words(wanted)}`,
    met: ({ detail }) => detail.oomKilled === wanted,
    miss: (container) => ({
      sentence: say`${containerCalled(container)} ${words(!wanted)}; the task asks for one that ${words(wanted)}.`,
      observed: words(!wanted),
    }),
  };
}
