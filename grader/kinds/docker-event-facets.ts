import type { DockerEventCheck } from '../../protocol/checks/docker-event.ts';
import type { DockerEventSeen } from '../docker/event.ts';
import type { Facet } from '../nearest.ts';
import { happened, neverHappened } from './docker-event-words.ts';
import { say } from '../say.ts';

/** What is asked of an event beyond whom it happened to. `events`: all of the check's type. */
export function eventFacets(
  { check, events }: { check: DockerEventCheck; events: readonly DockerEventSeen[] },
  described: (event: DockerEventSeen) => string,
): Facet<DockerEventSeen>[] {
  const facets: Facet<DockerEventSeen>[] = [];
  const { exitCode, type, action } = check;
  if (exitCode !== undefined) {
    facets.push({
      asked: say`exit code ${exitCode}`,
      met: (event) => event.exitCode === exitCode,
      miss: (event) => ({
        sentence: say`${described(event)} ran and ended with exit code ${event.exitCode ?? say`unknown`}; ${exitCode} is asked for.`,
        observed: say`exit code ${event.exitCode ?? say`unknown`}`,
      }),
    });
  }
  for (const other of check.also ?? []) {
    const actors = new Set(events.filter((event) => event.action === other).map((event) => event.actorId));
    const fault =
      other === 'attach'
        ? say`it ran in the background: nothing was attached to its input or output`
        : say`it ${neverHappened(type, other)}`;
    facets.push({
      asked: happened(type, other),
      met: (event) => actors.has(event.actorId),
      miss: (event) => ({
        sentence: say`${described(event)} ${happened(type, action)}, but ${fault}.`,
        observed: fault,
      }),
    });
  }
  return facets;
}
