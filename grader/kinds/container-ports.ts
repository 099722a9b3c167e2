import type { PortExpectation } from '../../protocol/checks/container-settings.ts';
import type { PortSeen } from '../docker/port.ts';
import type { Facet } from '../nearest.ts';
import { say } from '../say.ts';
import { listed, span } from '../span.ts';
import { containerCalled, type InspectedContainer } from './container-seen.ts';

const anyAddress = ['0.0.0.0', '::'];

export function portFacets(wanted: readonly PortExpectation[] = []): Facet<InspectedContainer>[] {
  return wanted.map((port) => ({
    asked: say`with ${asked(port)}`,
    met: ({ detail }) => detail.ports.some((seen) => meets(port, seen)),
    miss: (container) => {
      const { ports } = container.detail;
      const sentence = explain(containerCalled(container), port, ports);
      const words = [...new Set(ports.map(published))];
      return { sentence, observed: words.length === 0 ? say`no published port` : listed(words.slice(0, 4)) };
    },
  }));
}

function meets(wanted: PortExpectation, seen: PortSeen): boolean {
  if (seen.containerPort !== wanted.containerPort || seen.protocol !== wanted.protocol) return false;
  if (wanted.hostPort !== undefined && seen.hostPort !== wanted.hostPort) return false;
  return wanted.hostIp === undefined || sameAddress(wanted.hostIp, seen.hostIp);
}

function sameAddress(left: string, right: string): boolean {
  return left === right || (anyAddress.includes(left) && anyAddress.includes(right));
}

/** "port 80 published on port 8080 of your machine". */
function asked({ containerPort, hostPort, hostIp, protocol }: PortExpectation): string {
  const on = hostPort === undefined ? '' : say` on port ${hostPort} of your machine`;
  const at = hostIp === undefined ? '' : say` at ${span(hostIp)}`;
  return say`${port(containerPort, protocol)} published${on}${at}`;
}

function port(number: number, protocol: string): string {
  return protocol === 'tcp' ? say`port ${number}` : say`port ${number} (${protocol})`;
}

function place(hostPort: number | null): string {
  return hostPort === null ? say`a port that Docker chooses` : say`port ${hostPort} of your machine`;
}

/** "80 on 8080". */
function published({ containerPort, hostPort }: PortSeen): string {
  return say`${containerPort} on ${hostPort ?? 'any'}`;
}

/** The likeliest slip first: the two ports exchanged, then the one that is right beside the one that is not. */
function explain(subject: string, wanted: PortExpectation, seen: readonly PortSeen[]): string {
  const { containerPort, hostPort, hostIp, protocol } = wanted;
  const of = (test: (each: PortSeen) => boolean): PortSeen | undefined => seen.find(test);
  const exchanged = of((each) => each.containerPort === hostPort && each.hostPort === containerPort);
  if (exchanged !== undefined && containerPort !== hostPort) {
    return say`${subject} has its ports the wrong way round: port ${containerPort} of your machine leads to port ${hostPort} in the container. Your machine's port comes first, as in \`${hostPort}:${containerPort}\`.`;
  }
  const otherProtocol = of((each) => each.containerPort === containerPort && each.protocol !== protocol);
  const same = of((each) => each.containerPort === containerPort && each.protocol === protocol);
  if (same === undefined && otherProtocol !== undefined) {
    return say`${subject} publishes its port ${containerPort} for ${otherProtocol.protocol}; the task asks for ${protocol}.`;
  }
  const rightPlace = of(
    (each) =>
      each.containerPort === containerPort &&
      each.protocol === protocol &&
      (hostPort === undefined || each.hostPort === hostPort),
  );
  if (rightPlace !== undefined && hostIp !== undefined) {
    const open = anyAddress.includes(rightPlace.hostIp) ? say`, so at every address of your machine` : '';
    return say`${subject} publishes its port ${containerPort} at ${span(rightPlace.hostIp)}${open}; the task asks for ${span(hostIp)}.`;
  }
  if (same !== undefined) {
    return say`${subject} publishes its ${port(containerPort, protocol)} on ${place(same.hostPort)}; the task asks for ${hostPort}.`;
  }
  const taken = hostPort === undefined ? undefined : of((each) => each.hostPort === hostPort);
  if (taken !== undefined) {
    return say`${subject} publishes on port ${hostPort} of your machine its port ${taken.containerPort}; the task asks for its port ${containerPort}.`;
  }
  const instead = seen[0];
  const does =
    instead === undefined
      ? say`publishes no port`
      : say`publishes its port ${instead.containerPort} on ${place(instead.hostPort)}`;
  return say`${subject} ${does}; the task asks for ${asked(wanted)}.`;
}
