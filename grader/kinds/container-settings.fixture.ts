import { containerOf, detailOf, idOf, type LiteralMachine } from '../observer.fixture.ts';

/** Parts of what `docker inspect` shows. */
export interface Settings {
  Config?: Record<string, unknown>;
  HostConfig?: Record<string, unknown>;
  State?: Record<string, unknown>;
  NetworkSettings?: Record<string, unknown>;
  Mounts?: unknown;
}

/** One container `web` inspected, and `db` beside it. */
export function machine({ Config, HostConfig, State, ...rest }: Settings): LiteralMachine {
  const whole = detailOf({});
  const detail = {
    ...whole,
    Config: { ...(whole['Config'] as object), ...Config },
    State: { ...(whole['State'] as object), ...State },
    HostConfig: { ...HostConfig },
    ...rest,
  };
  return {
    containers: [containerOf('a'), containerOf('b', { name: 'db' })],
    details: { [idOf('a')]: detail },
  };
}

export const asks = (expected: Record<string, unknown>) => ({
  kind: 'container',
  find: { name: 'web' },
  expect: expected,
});
export const bound = (...ports: [string, string, string?][]) => ({
  HostConfig: {
    PortBindings: Object.fromEntries(
      ports.map(([inside, HostPort, HostIp = '']) => [inside, [{ HostIp, HostPort }]]),
    ),
  },
});
export const data = {
  Type: 'volume',
  Name: 'data',
  Source: '/var/lib/docker/x',
  Destination: '/data',
  RW: true,
};
export const shared = { Type: 'bind', Source: '/srv/', Destination: '/srv', RW: false };
