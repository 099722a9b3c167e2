import type { DockerEventCheck } from '../../protocol/checks/docker-event.ts';
import type { DockerEventSeen } from '../docker/event.ts';
import type { ImageCatalog } from '../docker/image-catalog.ts';
import { say, words } from '../say.ts';
import { span } from '../span.ts';

const typeWords = words({ container: 'container', image: 'image', volume: 'volume', network: 'network' });

type EventFind = Pick<DockerEventCheck, 'type' | 'image' | 'name'>;

/** An image's own events name it by reference, or by id with the reference beside it. */
export function imageOfEvent(event: DockerEventSeen): string {
  if (event.type !== 'image') return event.image;
  return event.actorId.startsWith('sha256:') && event.name !== '' ? event.name : event.actorId;
}

/** A volume's name is its id; who has no name is told by a short one. */
function nameOf({ type, name, actorId }: DockerEventSeen): string {
  if (type === 'volume') return actorId;
  return name === '' ? actorId.slice(0, 12) : name;
}

/** Whether it happened to whom is asked for. */
export function isMeantEvent(
  event: DockerEventSeen,
  { name, image }: EventFind,
  images: ImageCatalog,
): boolean {
  if (name !== undefined && nameOf(event) !== name) return false;
  return image === undefined || images.isImage(image, { image: imageOfEvent(event) });
}

/** "Container `web` from `nginx`", "Image `nginx`". */
export function describeEvent(event: DockerEventSeen, images: ImageCatalog): string {
  const image = span(images.nameOf(imageOfEvent(event)));
  if (event.type === 'image') return say`Image ${image}`;
  const name = span(nameOf(event));
  if (event.type === 'volume') return say`Volume ${name}`;
  if (event.type !== 'container') return say`Network ${name}`;
  return say`Container ${name} from ${image}`;
}

/** "container from `busybox`". */
export function eventSubject({ type, image, name }: EventFind): string {
  if (type === 'image') return image === undefined ? typeWords.image : say`image ${span(image)}`;
  const called = name === undefined ? '' : say` called ${span(name)}`;
  return `${typeWords[type]}${called}${image === undefined ? '' : say` from ${span(image)}`}`;
}
