/** What a container's settings lack, in words. */
import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import { idOf } from '../observer.fixture.ts';
import { asks, bound, data, machine, shared, type Settings } from './container-settings.fixture.ts';

const misses: [Record<string, unknown>, Settings, string][] = [
  [
    { env: { COLOR: { equals: 'red' } } },
    { Config: { Env: ['COLOR=blue'] } },
    'Container `web` has `blue` in the environment variable `COLOR`; the task asks for `red`.',
  ],
  [
    { env: { COLOR: { equals: 'red' } } },
    { Config: { Env: ['color=red'] } },
    'Container `web` has no environment variable `COLOR`; the task asks for one set to `red`. It has `color`: upper and lower case count.',
  ],
  [
    { env: { COLOR: { equals: 'red' } } },
    { Config: { Env: ['COLOR="red"'] } },
    'Container `web` has `"red"` in the environment variable `COLOR`; the task asks for `red`. The quotes have become part of the value.',
  ],
  [
    { labels: { tier: { matches: '^f' } } },
    {},
    'Container `web` has no label `tier`; the task asks for one set to something of the form `^f`.',
  ],
  [
    { ports: [{ containerPort: 80, hostPort: 8080 }] },
    bound(['8080/tcp', '80']),
    "Container `web` has its ports the wrong way round: port 80 of your machine leads to port 8080 in the container. Your machine's port comes first, as in `8080:80`.",
  ],
  [
    { ports: [{ containerPort: 80, hostPort: 8080 }] },
    bound(['80/tcp', '8081']),
    'Container `web` publishes its port 80 on port 8081 of your machine; the task asks for 8080.',
  ],
  [
    { ports: [{ containerPort: 80, hostPort: 8080 }] },
    bound(['80/tcp', '']),
    'Container `web` publishes its port 80 on a port that Docker chooses; the task asks for 8080.',
  ],
  [
    { ports: [{ containerPort: 80, hostPort: 8080 }] },
    bound(['81/tcp', '8080']),
    'Container `web` publishes on port 8080 of your machine its port 81; the task asks for its port 80.',
  ],
  [
    { ports: [{ containerPort: 80, hostPort: 8080 }] },
    bound(['443/tcp', '8443']),
    'Container `web` publishes its port 443 on port 8443 of your machine; the task asks for port 80 published on port 8080 of your machine.',
  ],
  [
    { ports: [{ containerPort: 53, hostPort: 53, protocol: 'udp' }] },
    bound(['53/tcp', '53']),
    'Container `web` publishes its port 53 for tcp; the task asks for udp.',
  ],
  [
    { ports: [{ containerPort: 80, hostIp: '127.0.0.1' }] },
    bound(['80/tcp', '8080']),
    'Container `web` publishes its port 80 at `0.0.0.0`, so at every address of your machine; the task asks for `127.0.0.1`.',
  ],
  [
    { ports: [{ containerPort: 80 }] },
    {},
    'Container `web` publishes no port; the task asks for port 80 published.',
  ],
  [
    { mounts: [{ type: 'volume', source: 'data', target: '/data', readOnly: true }] },
    { Mounts: [data] },
    'Container `web` has volume `data` at `/data`, but it is writable; the task asks that it be read-only.',
  ],
  [
    { mounts: [{ type: 'volume', source: 'data', target: '/srv' }] },
    { Mounts: [shared] },
    'Container `web` has the path `/srv/` of your machine at `/srv`; the task asks for volume `data` there.',
  ],
  [
    { mounts: [{ type: 'volume', source: 'data', target: '/dat' }] },
    { Mounts: [data] },
    'Container `web` has volume `data` at `/data`; the task asks for it at `/dat`.',
  ],
  [
    { mounts: [{ type: 'volume', source: 'data', target: '/data' }] },
    { Mounts: [{ ...data, Name: idOf('f') }] },
    'Container `web` has a volume without a name at `/data`; the task asks for volume `data` there.',
  ],
  [
    { mounts: [{ type: 'tmpfs', target: '/run' }] },
    {},
    'Container `web` has nothing mounted at `/run`; the task asks for a tmpfs (memory) there.',
  ],
  [
    { networks: ['lab', 'bridge'] },
    { NetworkSettings: { Networks: { bridge: {} } } },
    'Container `web` is on the network `bridge`; the task asks for `lab` as well.',
  ],
  [{ networks: ['lab'] }, {}, 'Container `web` is on no network; the task asks for `lab`.'],
  [
    { networkMode: { container: 'db' } },
    { HostConfig: { NetworkMode: 'bridge' } },
    'Container `web` has a network of its own; the task asks for the network of container `db`.',
  ],
  [
    { networkMode: 'none' },
    { HostConfig: { NetworkMode: `container:${idOf('b')}` } },
    'Container `web` has the network of container `db`; the task asks for no network at all.',
  ],
  [
    { pidMode: { container: 'db' } },
    { HostConfig: { PidMode: `container:${idOf('c')}` } },
    'Container `web` has the process ids of container `c00000000000`; the task asks for the process ids of container `db`.',
  ],
  [
    { limits: { memoryBytes: 67_108_864 } },
    { HostConfig: { Memory: 64_000_000 } },
    'Container `web` has a memory limit of 62500 KiB; the task asks for 64 MiB.',
  ],
  [
    { limits: { pids: 50 } },
    { HostConfig: { PidsLimit: null } },
    'Container `web` has no limit of processes; the task asks for 50 processes.',
  ],
  [
    { limits: { cpus: 1.5 } },
    { HostConfig: { NanoCpus: 500_000_000 } },
    'Container `web` has a CPU limit of 0.5 CPUs; the task asks for 1.5 CPUs.',
  ],
  [{ user: '1000' }, {}, 'Container `web` has no user set, so it runs as root; the task asks for `1000`.'],
  [
    { user: '1000:50' },
    { Config: { User: '1000' } },
    'Container `web` has the user `1000` set; the task asks for `1000:50`.',
  ],
  [{ workingDir: '/app' }, {}, 'Container `web` has the working directory `/`; the task asks for `/app`.'],
  [{ entrypoint: { equals: 'sh' } }, {}, 'Container `web` has no entrypoint; the task asks for `sh`.'],
  [
    { capabilities: { dropped: ['ALL'] } },
    { HostConfig: { CapDrop: ['CHOWN'] } },
    'Container `web` drops only the capability `CHOWN`; the task asks that all of them be dropped.',
  ],
  [
    { capabilities: { dropped: ['CHOWN', 'NET_RAW'] } },
    { HostConfig: { CapDrop: ['CHOWN'] } },
    'Container `web` drops only the capability `CHOWN`; the task asks that it drop also the capability `NET_RAW`.',
  ],
  [
    { capabilities: { added: ['NET_ADMIN'] } },
    { HostConfig: { CapAdd: ['SYS_ADMIN'] } },
    'Container `web` was not given the capability `NET_ADMIN`, which the task asks for.',
  ],
  [
    { capabilities: { added: [] } },
    { HostConfig: { CapAdd: ['SYS_ADMIN'] } },
    'Container `web` was given the capability `SYS_ADMIN`, which the task does not ask for.',
  ],
  [
    { readOnlyRoot: true },
    {},
    'Container `web` was made without a read-only root file system; the task asks for one with it.',
  ],
  [
    { privileged: false },
    { HostConfig: { Privileged: true } },
    'Container `web` was made with all rights of your machine (`--privileged`); the task asks for one without it.',
  ],
  [
    { restartPolicy: 'always' },
    { HostConfig: { RestartPolicy: { Name: 'no' } } },
    'Container `web` has the restart policy `no`; the task asks for `always`.',
  ],
  [
    { health: 'healthy' },
    {},
    'Container `web` has no health check; the task asks for one that is healthy by its health check.',
  ],
  [
    { health: 'healthy' },
    { State: { Health: { Status: 'unhealthy' } } },
    'Container `web` is unhealthy by its health check; the task asks for one that is healthy by its health check.',
  ],
  [
    { oomKilled: true },
    {},
    'Container `web` was not ended for want of memory; the task asks for one that was ended for want of memory.',
  ],
];
test.each(misses)('a near miss: %j', async (expected, settings, sentence) => {
  expect(await said(asks(expected), machine(settings))).toBe(`fail: ${sentence}`);
});
