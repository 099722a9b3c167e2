import type { ContainerCheck } from '../../protocol/checks/container.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { DockerEventSeen } from '../docker/event.ts';
import type { ImageCatalog } from '../docker/image-catalog.ts';
import type { Seen } from '../finding.ts';
import { say } from '../say.ts';
import { span } from '../span.ts';
import { removedHint, renameHint } from './container-hints.ts';
import { containerStateIs } from './container-seen.ts';
import { isMeantEvent } from './docker-event-find.ts';

type Find = ContainerCheck['find'];

export function isFoundContainer(find: Find, container: ContainerSummary, images: ImageCatalog): boolean {
  if (find.name !== undefined && find.name !== container.name) return false;
  return find.image === undefined || images.isImage(find.image, container);
}

interface NotFound {
  find: Find;
  containers: readonly ContainerSummary[];
  images: ImageCatalog;
  /** What Docker reported; empty where that cannot be seen. */
  events: readonly DockerEventSeen[];
}

/** "container called `web` from `nginx`". */
export function describeFind({ name, image }: Find): string {
  const called = name === undefined ? '' : say` called ${span(name)}`;
  const from = image === undefined ? '' : say` from ${span(image)}`;
  return say`container${called}${from}`;
}

/** Whether one that was meant ran and is no more: its removal was reported, and before it a start. */
function wasRemoved(find: Find, events: readonly DockerEventSeen[], images: ImageCatalog): boolean {
  const ofContainers = events.filter(({ type }) => type === 'container');
  const started = new Set(
    ofContainers.filter(({ action }) => action === 'start').map(({ actorId }) => actorId),
  );
  return ofContainers.some(
    (event) =>
      event.action === 'destroy' &&
      started.has(event.actorId) &&
      isMeantEvent(event, { type: 'container', ...find }, images),
  );
}

/** Docker's list has the newest first, which is most likely the one the learner means. */
export function explainNotFound({ find, containers, images, events }: NotFound): Seen {
  if (find.name !== undefined && find.image !== undefined) {
    const named = containers.find((container) => container.name === find.name);
    if (named !== undefined) {
      const image = span(images.nameOf(named.image));
      const sentence = say`Container ${span(named.name)} ${containerStateIs(named)}, but from image ${image}; the task asks for ${span(find.image)}.`;
      return { sentence, observed: say`from ${image}` };
    }
    const other = containers.find((container) => images.isImage(find.image!, container));
    if (other !== undefined) {
      const sentence = say`There is a container from ${span(find.image)}, but it is called ${span(other.name)}; the task asks for the name ${span(find.name)}.`;
      return { sentence, observed: say`called ${span(other.name)}`, hint: renameHint(other.name, find.name) };
    }
  }
  const none = say`There is no ${describeFind(find)} yet`;
  const newest = containers[0];
  const removed = wasRemoved(find, events, images) ? { hint: removedHint() } : {};
  if (newest === undefined) return { sentence: `${none}.`, observed: say`no container`, ...removed };
  const image = span(images.nameOf(newest.image));
  const sentence = say`${none}; the newest one is ${span(newest.name)}, from ${image}.`;
  return { sentence, observed: say`container ${span(newest.name)} from ${image}`, ...removed };
}
