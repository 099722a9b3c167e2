import type { ContainerCheck, containerStates } from '../../protocol/checks/container.ts';
import type { ContainerDetail, ContainerSummary } from '../docker/container.ts';
import type { ImageCatalog } from '../docker/image-catalog.ts';
import type { Facet } from '../nearest.ts';
import { span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';

export interface SeenContainer {
  summary: ContainerSummary;
  detail: ContainerDetail | null;
}
export interface InspectedContainer extends SeenContainer {
  detail: ContainerDetail;
}

const stateWords: Record<(typeof containerStates)[number], string> = {
  created: 'was created but has not started',
  running: 'is running',
  paused: 'is paused',
  restarting: 'is restarting',
  exited: 'has ended',
  dead: 'is dead',
};

/** "is running", "has ended". */
export function containerStateIs({ state }: ContainerSummary): string {
  return Object.hasOwn(stateWords, state)
    ? stateWords[state as keyof typeof stateWords]
    : `is in the state ${span(state)}`;
}

/** "Container `web` is running, from image `nginx`", for what passes. */
export function containerIs(container: SeenContainer, images: ImageCatalog): string {
  const { summary, detail } = container;
  const exitCode = detail?.exitCode ?? summary.exitCode;
  const ended = summary.state === 'exited' && exitCode !== null;
  const state = ended ? `ran and ended with exit code ${exitCode}` : containerStateIs(summary);
  return `Container ${span(summary.name)} ${state}, from image ${span(images.nameOf(summary.image))}`;
}

function named({ summary }: SeenContainer): string {
  return `Container ${span(summary.name)}`;
}

/** What the list of containers tells already. */
export function containerFacets(
  { image, state }: ContainerCheck['expect'],
  images: ImageCatalog,
): Facet<SeenContainer>[] {
  const facets: Facet<SeenContainer>[] = [];
  if (image !== undefined) {
    facets.push({
      asked: `from image ${span(image)}`,
      met: ({ summary }) => images.isImage(image, summary),
      miss: (container) => {
        const seen = span(images.nameOf(container.summary.image));
        return {
          sentence: `${named(container)} ${containerStateIs(container.summary)}, but from image ${seen}; the task asks for ${span(image)}.`,
          observed: `from image ${seen}`,
        };
      },
    });
  }
  if (state !== undefined) {
    facets.push({
      asked: `that ${stateWords[state]}`,
      met: ({ summary }) => summary.state === state,
      miss: (container) => {
        const is = containerStateIs(container.summary);
        const code = container.summary.exitCode;
        const how = container.summary.state === 'exited' && code !== null ? `${is} (exit code ${code})` : is;
        return {
          sentence: `${named(container)} ${how}; the task asks for one that ${stateWords[state]}.`,
          observed: how,
        };
      },
    });
  }
  return facets;
}

/** What only the look at one container tells. */
export function detailFacets(expect: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  return [
    ...exitCodeFacets(expect),
    ...commandFacets(expect),
    ...switchFacets(expect),
    ...hostnameFacets(expect),
  ];
}

function exitCodeFacets({ exitCode }: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  if (exitCode === undefined) return [];
  const ended = ({ summary }: SeenContainer): boolean =>
    summary.state === 'exited' || summary.state === 'dead';
  return [
    {
      asked: `exit code ${exitCode}`,
      met: (container) => ended(container) && container.detail.exitCode === exitCode,
      miss: (container) => {
        if (!ended(container)) {
          const is = containerStateIs(container.summary);
          return { sentence: `${named(container)} ${is}, so it has no exit code yet.`, observed: is };
        }
        const code = container.detail.exitCode;
        return {
          sentence: `${named(container)} ran and ended with exit code ${code}; ${exitCode} is asked for.`,
          observed: `exit code ${code}`,
        };
      },
    },
  ];
}

function commandFacets({ command }: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  if (command === undefined) return [];
  return [
    {
      asked: `command ${textAsked(command)}`,
      met: ({ detail }) => textMeets(command, detail.command),
      miss: (container) => {
        const seen = span(container.detail.command);
        return {
          sentence: `The command of container ${span(container.summary.name)} is ${seen}; the task asks for ${textAsked(command)}.`,
          observed: `command ${seen}`,
        };
      },
    },
  ];
}

function switchFacets({ tty, openStdin }: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  const switches = [
    { key: 'tty', wanted: tty, has: 'a terminal of its own (`-t`)' },
    { key: 'openStdin', wanted: openStdin, has: 'its standard input kept open (`-i`)' },
  ] as const;
  return switches.flatMap(({ key, wanted, has }) => {
    if (wanted === undefined) return [];
    const facet: Facet<InspectedContainer> = {
      asked: `${wanted ? 'with' : 'without'} ${has}`,
      met: ({ detail }) => detail[key] === wanted,
      miss: (container) => ({
        sentence: `${named(container)} was made ${wanted ? 'without' : 'with'} ${has}; the task asks for one ${wanted ? 'with' : 'without'} it.`,
        observed: `${wanted ? 'without' : 'with'} ${has}`,
      }),
    };
    return [facet];
  });
}

function hostnameFacets({ hostname }: ContainerCheck['expect']): Facet<InspectedContainer>[] {
  if (hostname === undefined) return [];
  return [
    {
      asked: `host name ${span(hostname)}`,
      met: ({ detail }) => detail.hostname === hostname,
      miss: (container) => ({
        sentence: `The host name of container ${span(container.summary.name)} is ${span(container.detail.hostname)}; the task asks for ${span(hostname)}.`,
        observed: `host name ${span(container.detail.hostname)}`,
      }),
    },
  ];
}
