import type { containerStates } from '../../protocol/checks/container.ts';
import type { ContainerDetail, ContainerSummary } from '../docker/container.ts';
import type { ImageCatalog } from '../docker/image-catalog.ts';
import { say, words } from '../say.ts';
import { span } from '../span.ts';

export interface SeenContainer {
  summary: ContainerSummary;
  detail: ContainerDetail | null;
}
export interface InspectedContainer extends SeenContainer {
  detail: ContainerDetail;
}

export const stateWords: Record<(typeof containerStates)[number], string> = words({
  created: 'was created but has not started',
  running: 'is running',
  paused: 'is paused',
  restarting: 'is restarting',
  exited: 'has ended',
  dead: 'is dead',
});

/** "is running", "has ended". */
export function containerStateIs({ state }: ContainerSummary): string {
  return Object.hasOwn(stateWords, state)
    ? stateWords[state as keyof typeof stateWords]
    : say`is in the state ${span(state)}`;
}

/** "Container `web` from `nginx` is running", for what passes. */
export function containerIs(container: SeenContainer, images: ImageCatalog): string {
  const { summary, detail } = container;
  const exitCode = detail?.exitCode ?? summary.exitCode;
  const ended = summary.state === 'exited' && exitCode !== null;
  const state = ended ? say`ran and ended with exit code ${exitCode}` : containerStateIs(summary);
  return say`${containerCalled(container)} from ${span(images.nameOf(summary.image))} ${state}`;
}

/** "Container `web`". */
export function containerCalled({ summary }: SeenContainer): string {
  return say`Container ${span(summary.name)}`;
}
