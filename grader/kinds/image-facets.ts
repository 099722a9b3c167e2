import type { ImageCheck } from '../../protocol/checks/image.ts';
import { amountOfBytes } from '../amount.ts';
import type { ImageDetail } from '../docker/image-detail.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { listed, span } from '../span.ts';
import { textAsked, textMeets } from '../text-expectation.ts';
import { configFacets, textFacet } from './config-facets.ts';

/** `detail` is null where only its name was asked for: there are then no facets to look at it. */
export interface SeenImage {
  id: string;
  detail: ImageDetail | null;
  /** What made each step, the newest first. */
  steps: readonly string[];
}

export interface BaseImage {
  id: string;
  layers: readonly string[];
}

type Expect = ImageCheck['expect'];

export function imageFacets(
  expect: Expect,
  { reference, base }: { reference: string; base: BaseImage | null },
): Facet<SeenImage>[] {
  const name = span(reference);
  const subject = (): string => say`Image ${name}`;
  const detailOf = (image: SeenImage): ImageDetail => image.detail!;
  const text = (noun: string, key: 'architecture' | 'os'): Facet<SeenImage>[] => {
    const wanted = expect[key];
    if (wanted === undefined) return [];
    return [textFacet({ noun, wanted: { equals: wanted }, subject, seen: (image) => detailOf(image)[key] })];
  };
  return [
    ...(expect.base === undefined ? [] : [baseFacet(expect.base, base, name)]),
    ...configFacets<SeenImage>({ expect, subject, config: (image) => detailOf(image).config }),
    ...(expect.history === undefined ? [] : [historyFacet(expect.history, name)]),
    ...(expect.layers === undefined ? [] : [layersFacet(expect.layers, name)]),
    ...(expect.sizeBytesAtMost === undefined ? [] : [sizeFacet(expect.sizeBytesAtMost, name)]),
    ...text(say`architecture`, 'architecture'),
    ...text(say`operating system`, 'os'),
    ...(expect.digest === undefined ? [] : [digestFacet(expect.digest, name)]),
  ];
}

function baseFacet(reference: string, base: BaseImage | null, name: string): Facet<SeenImage> {
  const isBuilt = ({ id, detail }: SeenImage): boolean =>
    base !== null &&
    id !== base.id &&
    base.layers.length > 0 &&
    base.layers.every((layer, index) => detail?.layers[index] === layer);
  return {
    asked: say`built on ${span(reference)}`,
    met: isBuilt,
    miss: ({ id }) => {
      if (base === null) {
        const sentence = say`Whether image ${name} is built on ${span(reference)} cannot be seen, as that image is not in your Docker.`;
        return { sentence, observed: say`no image ${span(reference)} to compare with` };
      }
      const fault =
        id === base.id
          ? say`is that very image, with nothing added`
          : say`does not begin with the layers of ${span(reference)}`;
      return {
        sentence: say`Image ${name} ${fault}; the task asks for one built on ${span(reference)}.`,
        observed: id === base.id ? say`${span(reference)} itself` : say`other layers`,
      };
    },
  };
}

function historyFacet(wanted: NonNullable<Expect['history']>, name: string): Facet<SeenImage> {
  return {
    asked: say`with a step ${textAsked(wanted)} in its history`,
    met: ({ steps }) => steps.some((step) => textMeets(wanted, step)),
    miss: ({ steps }) => {
      const last =
        steps[0] === undefined
          ? ''
          : say` The last of its ${steps.length === 1 ? say`1 step` : say`${steps.length} steps`} is ${span(steps[0])}.`;
      return {
        sentence: say`The history of image ${name} has no step that is ${textAsked(wanted)}.${last}`,
        observed: steps[0] === undefined ? say`no history` : say`last step ${span(steps[0])}`,
      };
    },
  };
}

function layersFacet({ atLeast, atMost }: NonNullable<Expect['layers']>, name: string): Facet<SeenImage> {
  const bounds = listed([
    ...(atLeast === undefined ? [] : [say`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [say`at most ${atMost}`]),
  ]);
  const count = ({ detail }: SeenImage): number => detail?.layers.length ?? 0;
  return {
    asked: say`of ${bounds} layers`,
    met: (image) => count(image) >= (atLeast ?? 0) && count(image) <= (atMost ?? Number.POSITIVE_INFINITY),
    miss: (image) => ({
      sentence: say`Image ${name} has ${layersWord(count(image))}; the task asks for ${bounds}.`,
      observed: layersWord(count(image)),
    }),
  };
}

function sizeFacet(most: number, name: string): Facet<SeenImage> {
  const size = ({ detail }: SeenImage): number => detail?.sizeBytes ?? 0;
  return {
    asked: say`of at most ${amountOfBytes(most)}`,
    met: (image) => size(image) <= most,
    miss: (image) => ({
      sentence: say`Image ${name} is ${amountOfBytes(size(image))} large; the task asks for at most ${amountOfBytes(most)}.`,
      observed: amountOfBytes(size(image)),
    }),
  };
}

function digestFacet(wanted: boolean, name: string): Facet<SeenImage> {
  const has = say`a digest of a registry`;
  return {
    asked: `${wanted ? say`with` : 'without'} ${has}`,
    met: ({ detail }) => (detail?.digests.length ?? 0) > 0 === wanted,
    miss: () => ({
      sentence: wanted
        ? say`Image ${name} has no digest, as it neither came from a registry nor went to one.`
        : say`Image ${name} has ${has}; the task asks for one that was only made here.`,
      observed: wanted ? say`no digest` : has,
    }),
  };
}

function layersWord(count: number): string {
  return count === 1 ? say`1 layer` : say`${count} layers`;
}
