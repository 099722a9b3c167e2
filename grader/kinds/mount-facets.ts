import type { MountCheck } from '../../protocol/checks/mount.ts';
import type { MountSeen } from '../machine/mount.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { span, spans } from '../span.ts';
import { samePath } from './same-path.ts';

/** A mount among those of its table. */
export interface PlacedMount {
  mount: MountSeen;
  mounts: readonly MountSeen[];
}

type Expect = MountCheck['expect'];

/** "a bind mount of `/srv`", "an `overlay` file system". */
export function mountIs(placed: PlacedMount): string {
  const source = sourceOf(placed);
  if (isBind(placed) && source !== null) return say`a bind mount of ${span(source)}`;
  return isBind(placed) ? say`a bind mount` : say`the file system ${span(placed.mount.type)}`;
}

export function mountFacets(target: string, { type, source, options, layers }: Expect): Facet<PlacedMount>[] {
  return [
    ...(type === undefined ? [] : [typeFacet(target, type)]),
    ...(source === undefined ? [] : [sourceFacet(target, source)]),
    ...(layers === undefined ? [] : layerFacets(target, layers)),
    ...(options ?? []).map((option) => optionFacet(target, option)),
  ];
}

/** What is mounted elsewhere in the same table too, or a part of a file system. Pseudo file systems are never. */
function isBind({ mount, mounts }: PlacedMount): boolean {
  if (mount.type === 'nsfs') return false;
  if (mount.root !== '/') return true;
  const first = mounts.find((each) => each.device === mount.device && each.root === mount.root);
  return first !== undefined && first !== mount && first.type === mount.type;
}

/** The path by which the same directory is seen elsewhere: of the mount that holds it, the rest of the way. */
function sourceOf({ mount, mounts }: PlacedMount): string | null {
  for (const other of mounts) {
    if (other === mount || other.device !== mount.device) continue;
    const root = other.root === '/' ? '' : other.root;
    if (mount.root !== other.root && !`${mount.root}/`.startsWith(`${root}/`)) continue;
    const rest = mount.root === '/' ? '' : mount.root.slice(root.length);
    const path = `${other.target === '/' ? '' : other.target}${rest}`;
    return path === '' ? '/' : path;
  }
  return null;
}

function typeFacet(target: string, wanted: string): Facet<PlacedMount> {
  const asked = wanted === 'bind' ? say`a bind mount` : say`the file system ${span(wanted)}`;
  return {
    asked,
    met: (placed) => (wanted === 'bind' ? isBind(placed) : placed.mount.type === wanted && !isBind(placed)),
    miss: (placed) => ({
      sentence: say`At ${span(target)} there is ${mountIs(placed)}; the task asks for ${asked}.`,
      observed: mountIs(placed),
    }),
  };
}

function sourceFacet(target: string, wanted: string): Facet<PlacedMount> {
  return {
    asked: say`showing ${span(wanted)}`,
    met: (placed) => {
      const seen = sourceOf(placed);
      return seen !== null && samePath(seen, wanted);
    },
    miss: (placed) => {
      const seen = sourceOf(placed);
      const shows = seen === null ? say`something else` : span(seen);
      return {
        sentence: say`${span(target)} shows ${shows}; the task asks for ${span(wanted)}.`,
        observed: shows,
      };
    },
  };
}

function optionFacet(target: string, wanted: string): Facet<PlacedMount> {
  return {
    asked: say`with the option ${span(wanted)}`,
    met: ({ mount }) => mount.options.includes(wanted) || mount.superOptions.includes(wanted),
    miss: ({ mount }) => {
      const [name] = wanted.split('=', 1);
      const other = mount.superOptions.find(
        (option) => wanted.includes('=') && option.startsWith(`${name}=`),
      );
      const seen = other === undefined ? spans(mount.options) : span(other);
      return {
        sentence: say`The mount at ${span(target)} has ${seen}; the task asks for the option ${span(wanted)}.`,
        observed: seen,
      };
    },
  };
}

function layerFacets(target: string, layers: NonNullable<Expect['layers']>): Facet<PlacedMount>[] {
  const parts = [
    { word: say`lower layers`, option: 'lowerdir', wanted: layers.lower },
    {
      word: say`upper layer`,
      option: 'upperdir',
      wanted: layers.upper === undefined ? undefined : [layers.upper],
    },
    {
      word: say`work directory`,
      option: 'workdir',
      wanted: layers.work === undefined ? undefined : [layers.work],
    },
  ];
  return parts.flatMap(({ word, option, wanted }): Facet<PlacedMount>[] => {
    if (wanted === undefined) return [];
    const seenIn = ({ mount }: PlacedMount): string[] => layerPaths(mount, option);
    return [
      {
        asked: say`with the ${word} ${spans(wanted)}`,
        met: (placed) => {
          const seen = seenIn(placed);
          return seen.length === wanted.length && wanted.every((path, index) => samePath(path, seen[index]!));
        },
        miss: (placed) => {
          const seen = seenIn(placed);
          const has = seen.length === 0 ? say`no ${word}` : say`the ${word} ${spans(seen)}`;
          const turned =
            seen.length > 1 && [...seen].reverse().every((path, index) => path === wanted[index]);
          return {
            sentence: say`The overlay at ${span(target)} has ${has}; the task asks for ${spans(wanted)}.`,
            observed: has,
            ...(turned && { hint: say`The order counts: the first of \`lowerdir\` lies on top.` }),
          };
        },
      },
    ];
  });
}

/** Colons part the layers; one that belongs to a name is written `\:`. */
function layerPaths({ superOptions }: MountSeen, option: string): string[] {
  const whole = superOptions.find((each) => each.startsWith(`${option}=`));
  if (whole === undefined) return [];
  const paths = whole.slice(option.length + 1).split(/(?<!\\):/);
  return paths.filter((path) => path !== '').map((path) => path.replaceAll('\\:', ':'));
}
