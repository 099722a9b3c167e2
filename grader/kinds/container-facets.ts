import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { ImageCatalog } from '../docker/image-catalog.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';
import { configFacets } from './config-facets.ts';
import { endingHint, settledWhenMade, stateHint } from './container-hints.ts';
import { lifeFacets } from './container-life.ts';
import { limitFacets } from './container-limits.ts';
import { mountFacets } from './container-mounts.ts';
import { networkFacets } from './container-networks.ts';
import { portFacets } from './container-ports.ts';
import { programFacets } from './container-program.ts';
import { capabilityFacets } from './container-rights.ts';
import { containerCalled, containerStateIs, stateWords } from './container-seen.ts';
import type { InspectedContainer, SeenContainer } from './container-seen.ts';
import { switchFacets } from './container-switches.ts';

type Expect = ContainerCheck['expect'];

/** What the list of containers tells already. */
export function listedFacets(expect: Expect, images: ImageCatalog): Facet<SeenContainer>[] {
  return [...imageFacets(expect, images), ...stateFacets(expect)];
}

/**
 * All that is asked, told in this order: first what a container keeps as it was made, since one that lacks it is the
 * wrong one whatever becomes of it; then its state, and what can be changed. `all`: every container, for those told by
 * name.
 */
export function containerFacets(
  expect: Expect,
  { images, all }: { images: ImageCatalog; all: readonly ContainerSummary[] },
): Facet<InspectedContainer>[] {
  return [
    ...imageFacets(expect, images),
    ...settledWhenMade([
      ...commandFacets(expect),
      ...programFacets(expect),
      ...switchFacets(expect),
      ...hostnameFacets(expect),
      ...portFacets(expect.ports),
      ...mountFacets(expect.mounts),
      ...configFacets<InspectedContainer>({
        expect,
        subject: containerCalled,
        config: ({ detail }) => detail.config,
      }),
      ...capabilityFacets(expect.capabilities),
    ]),
    ...stateFacets(expect),
    ...exitCodeFacets(expect),
    ...networkFacets(expect, all),
    ...limitFacets(expect.limits),
    ...lifeFacets(expect),
  ];
}

function imageFacets({ image }: Expect, images: ImageCatalog): Facet<SeenContainer>[] {
  if (image === undefined) return [];
  return [
    {
      asked: say`from image ${span(image)}`,
      met: ({ summary }) => images.isImage(image, summary),
      miss: (container) => {
        const seen = span(images.nameOf(container.summary.image));
        return {
          sentence: say`${containerCalled(container)} ${containerStateIs(container.summary)}, but from image ${seen}; the task asks for ${span(image)}.`,
          observed: say`from image ${seen}`,
        };
      },
    },
  ];
}

function stateFacets({ state }: Expect): Facet<SeenContainer>[] {
  if (state === undefined) return [];
  return [
    {
      asked: say`that ${stateWords[state]}`,
      met: ({ summary }) => summary.state === state,
      miss: (container) => {
        const is = containerStateIs(container.summary);
        const code = container.summary.exitCode;
        const how =
          container.summary.state === 'exited' && code !== null ? say`${is} (exit code ${code})` : is;
        const hint = stateHint(container.summary, state);
        return {
          sentence: say`${containerCalled(container)} ${how}; the task asks for one that ${stateWords[state]}.`,
          observed: how,
          ...(hint !== undefined && { hint }),
        };
      },
    },
  ];
}

function exitCodeFacets({ exitCode }: Expect): Facet<InspectedContainer>[] {
  if (exitCode === undefined) return [];
  const ended = ({ summary }: SeenContainer): boolean =>
    summary.state === 'exited' || summary.state === 'dead';
  return [
    {
      asked: say`exit code ${exitCode}`,
      met: (container) => ended(container) && container.detail.exitCode === exitCode,
      miss: (container) => {
        if (!ended(container)) {
          const is = containerStateIs(container.summary);
          return {
            sentence: say`${containerCalled(container)} ${is}, so it has no exit code yet.`,
            observed: is,
          };
        }
        const code = container.detail.exitCode;
        const hint = endingHint(container);
        return {
          sentence: say`${containerCalled(container)} ran and ended with exit code ${code}; ${exitCode} is asked for.`,
          observed: say`exit code ${code}`,
          ...(hint !== undefined && { hint }),
        };
      },
    },
  ];
}

function commandFacets({ command }: Expect): Facet<InspectedContainer>[] {
  if (command === undefined) return [];
  return [
    {
      asked: say`command ${textAsked(command)}`,
      met: ({ detail }) => textMeets(command, detail.command),
      miss: (container) => {
        const seen = span(container.detail.command);
        return {
          sentence: say`The command of container ${span(container.summary.name)} is ${seen}; the task asks for ${textAsked(command)}.`,
          observed: say`command ${seen}`,
        };
      },
    },
  ];
}

function hostnameFacets({ hostname }: Expect): Facet<InspectedContainer>[] {
  if (hostname === undefined) return [];
  return [
    {
      asked: say`host name ${span(hostname)}`,
      met: ({ detail }) => detail.hostname === hostname,
      miss: (container) => ({
        sentence: say`The host name of container ${span(container.summary.name)} is ${span(container.detail.hostname)}; the task asks for ${span(hostname)}.`,
        observed: say`host name ${span(container.detail.hostname)}`,
      }),
    },
  ];
}
