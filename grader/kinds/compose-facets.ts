import type { ComposeCheck, serviceStates } from '../../protocol/checks/compose.ts';
import type { ContainerSummary } from '../docker/container.ts';
import type { NetworkSeen } from '../docker/network.ts';
import type { VolumeSeen } from '../docker/volume.ts';
import type { Facet } from '../nearest.ts';
import type { Seen } from '../finding.ts';
import { say, words } from '../say.ts';
import { span, spans } from '../span.ts';
import { containerStateIs } from './container-seen.ts';

const prefix = 'com.docker.compose';

/** What compose's labels say is of one project; networks and volumes as its file calls them. */
export interface ComposeProject {
  /** Without those of `docker compose run`. */
  containers: readonly (ContainerSummary & { service: string })[];
  networks: readonly string[];
  volumes: readonly string[];
}

export function projectOf(
  name: string,
  seen: {
    containers: readonly ContainerSummary[];
    networks: readonly NetworkSeen[];
    volumes: readonly VolumeSeen[];
  },
): ComposeProject {
  const isOurs = ({ labels }: { labels: ReadonlyMap<string, string> }): boolean =>
    labels.get(`${prefix}.project`) === name;
  const called = (noun: string, things: readonly { labels: ReadonlyMap<string, string> }[]): string[] =>
    things.filter(isOurs).flatMap(({ labels }) => labels.get(`${prefix}.${noun}`) ?? []);
  return {
    containers: seen.containers
      .filter((container) => isOurs(container) && container.labels.get(`${prefix}.oneoff`) !== 'True')
      .map((container) => ({ ...container, service: container.labels.get(`${prefix}.service`) ?? '' })),
    networks: called('network', seen.networks),
    volumes: called('volume', seen.volumes),
  };
}

export function composeFacets({ services = {}, networks, volumes }: ComposeCheck): Facet<ComposeProject>[] {
  return [
    ...Object.entries(services).map(([name, service]) => serviceFacet(name, service)),
    ...(networks === undefined ? [] : [ownedFacet('network', networks)]),
    ...(volumes === undefined ? [] : [ownedFacet('volume', volumes)]),
  ];
}

type State = (typeof serviceStates)[number];
const stateWords = words({ there: 'there', running: 'running', healthy: 'healthy' });
const ownedWords = words({ network: 'network', volume: 'volume' });
type Service = NonNullable<ComposeCheck['services']>[string];

const isIn: Record<State, (container: ContainerSummary) => boolean> = {
  there: () => true,
  running: (container) => container.state === 'running',
  healthy: (container) => container.state === 'running' && container.health === 'healthy',
};

function serviceFacet(name: string, { state, replicas }: Service): Facet<ComposeProject> {
  const of = ({ containers }: ComposeProject): ContainerSummary[] =>
    containers.filter((container) => container.service === name);
  const inState = (project: ComposeProject): number => of(project).filter(isIn[state]).length;
  const word = stateWords[state];
  return {
    asked: say`service ${span(name)} ${word}${replicas === undefined ? '' : ` ${containersOf(replicas)}`}`,
    met: (project) => (replicas === undefined ? inState(project) > 0 : inState(project) === replicas),
    miss: (project) => {
      const members = of(project);
      if (members.length === 0) {
        const services = [...new Set(project.containers.map((container) => container.service))];
        const there = services.length === 0 ? '' : say`; there is ${spans(services)}`;
        return {
          sentence: say`Service ${span(name)} has no container yet${there}.`,
          observed: say`no container of ${span(name)}`,
        };
      }
      const count = inState(project);
      if (replicas !== undefined && (count > 0 || replicas === 0)) {
        const is = `${word} ${containersOf(count)}`;
        return {
          sentence: say`Service ${span(name)} is ${is}; the task asks for ${replicas}.`,
          observed: is,
        };
      }
      return explainState(name, state, members.find((each) => !isIn[state](each)) ?? members[0]!);
    },
  };
}

function containersOf(count: number): string {
  return count === 1 ? say`in 1 container` : say`in ${count} containers`;
}

function explainState(service: string, state: State, container: ContainerSummary): Seen {
  const is = containerStateIs(container);
  if (container.state !== 'running') {
    const code = container.exitCode === null ? '' : say` (exit code ${container.exitCode})`;
    const sentence = say`The container of service ${span(service)} ${is}${code}; the task asks that it be ${state}.`;
    const hint = say`\`docker compose logs ${service}\` shows what it printed.`;
    return { sentence, observed: `${is}${code}`, hint };
  }
  const health =
    {
      none: say`it has no health check`,
      starting: say`its health check has not come to a result yet`,
    }[container.health] ?? say`its health check fails`;
  return {
    sentence: say`The container of service ${span(service)} is running, but ${health}; the task asks that it be healthy.`,
    observed: health,
  };
}

function ownedFacet(kind: 'network' | 'volume', wanted: readonly string[]): Facet<ComposeProject> {
  const key = `${kind}s` as const;
  const noun = ownedWords[kind];
  return {
    asked: say`with the ${noun} ${spans(wanted)}`,
    met: (project) => wanted.every((name) => project[key].includes(name)),
    miss: (project) => {
      const lacking = wanted.filter((name) => !project[key].includes(name));
      const has = project[key].length === 0 ? say`no ${noun}` : say`the ${noun} ${spans(project[key], 4)}`;
      return {
        sentence: say`The project has ${has} of its own; the task asks for ${spans(lacking)}.`,
        observed: has,
      };
    },
  };
}
