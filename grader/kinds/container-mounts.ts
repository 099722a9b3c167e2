import type { MountExpectation } from '../../protocol/checks/container-settings.ts';
import type { MountSeen } from '../docker/mount.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { listed, span } from '../span.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';
import { samePath } from './same-path.ts';

export function mountFacets(wanted: readonly MountExpectation[] = []): Facet<InspectedContainer>[] {
  return wanted.map((mount) => ({
    asked: say`with ${asked(mount)}`,
    met: ({ detail }) => detail.mounts.some((seen) => isMeant(mount, seen) && rightMode(mount, seen)),
    miss: (container) => {
      const { mounts } = container.detail;
      const words = mounts.slice(0, 4).map((seen) => say`${what(seen)} at ${span(seen.target)}`);
      return {
        sentence: `${containerCalled(container)} ${explain(mount, mounts)}.`,
        observed: words.length === 0 ? say`no mount` : listed(words),
      };
    },
  }));
}

function sameSource(wanted: MountExpectation, seen: MountSeen): boolean {
  if (wanted.type !== seen.type) return false;
  if (wanted.source === undefined || wanted.type === 'tmpfs') return true;
  return wanted.type === 'bind' ? samePath(wanted.source, seen.source) : wanted.source === seen.source;
}

function isMeant(wanted: MountExpectation, seen: MountSeen): boolean {
  return samePath(wanted.target, seen.target) && sameSource(wanted, seen);
}

function rightMode({ readOnly }: MountExpectation, seen: MountSeen): boolean {
  return readOnly === undefined || readOnly === seen.readOnly;
}

/** "volume `data`", "the path `/srv` of your machine", "a tmpfs (memory)". */
function what({ type, source }: { type: string; source?: string | undefined }): string {
  if (type === 'tmpfs') return say`a tmpfs (memory)`;
  if (type === 'bind')
    return source === undefined ? say`a bind mount` : say`the path ${span(source)} of your machine`;
  if (type !== 'volume') return say`a mount of type ${span(type)}`;
  if (source === undefined) return say`a volume`;
  return /^[0-9a-f]{64}$/.test(source) ? say`a volume without a name` : say`volume ${span(source)}`;
}

function mode(readOnly: boolean | undefined): string {
  return readOnly === undefined ? '' : readOnly ? say`, read-only` : say`, writable`;
}

function asked({ readOnly, ...mount }: MountExpectation): string {
  return say`${what(mount)} at ${span(mount.target)}${mode(readOnly)}`;
}

/** Nearest first: the right mount in the wrong mode, another thing in its place, the right thing in another place. */
function explain(wanted: MountExpectation, seen: readonly MountSeen[]): string {
  const inPlace = seen.find((mount) => isMeant(wanted, mount));
  if (inPlace !== undefined) {
    const is = inPlace.readOnly ? 'read-only' : 'writable';
    const should = wanted.readOnly === true ? 'read-only' : 'writable';
    return say`has ${what(inPlace)} at ${span(inPlace.target)}, but it is ${is}; the task asks that it be ${should}`;
  }
  const other = seen.find((mount) => samePath(wanted.target, mount.target));
  if (other !== undefined) {
    return say`has ${what(other)} at ${span(other.target)}; the task asks for ${what(wanted)} there`;
  }
  const elsewhere = seen.find((mount) => wanted.source !== undefined && sameSource(wanted, mount));
  if (elsewhere !== undefined) {
    return say`has ${what(elsewhere)} at ${span(elsewhere.target)}; the task asks for it at ${span(wanted.target)}`;
  }
  return say`has nothing mounted at ${span(wanted.target)}; the task asks for ${what(wanted)} there`;
}
