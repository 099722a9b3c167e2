import { describe, expect, test } from 'vitest';
import { said, verdictOn } from '../check.fixture.ts';
import { idOf } from '../observer.fixture.ts';
import { asks, bound, data, machine, shared, type Settings } from './container-settings.fixture.ts';

const passing: [Record<string, unknown>, Settings][] = [
  [{ env: { COLOR: { equals: 'a=b' } } }, { Config: { Env: ['COLOR=a=b'] } }],
  [{ env: { EMPTY: { equals: '' } } }, { Config: { Env: ['EMPTY='] } }],
  [{ labels: { tier: { contains: 'on' } } }, { Config: { Labels: { tier: 'front' } } }],
  [{ ports: [{ containerPort: 80, hostPort: 8080 }] }, bound(['80/tcp', '8080'])],
  [
    { ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'udp' }] },
    bound(['80/tcp', ''], ['53/udp', '53']),
  ],
  [
    { ports: [{ containerPort: 80, hostIp: '0.0.0.0' }] },
    { NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '::', HostPort: '32768' }], '81/tcp': null } } },
  ],
  [
    {
      mounts: [
        { type: 'volume', source: 'data', target: '/data/' },
        { type: 'bind', source: '/srv', target: '/srv', readOnly: true },
      ],
    },
    { Mounts: [data, shared] },
  ],
  [
    { mounts: [{ type: 'tmpfs', target: '/run', readOnly: true }] },
    { HostConfig: { Tmpfs: { '/run': 'size=1m,ro' } } },
  ],
  [{ networks: ['lab'] }, { NetworkSettings: { Networks: { lab: {}, bridge: {} } } }],
  [
    { networkMode: { container: 'db' }, pidMode: 'host' },
    { HostConfig: { NetworkMode: `container:${idOf('b')}`, PidMode: 'host' } },
  ],
  [
    { limits: { memoryBytes: 67_108_864, cpus: 0.5, pids: 50 } },
    { HostConfig: { Memory: 67_108_864, NanoCpus: 500_000_000, PidsLimit: 50 } },
  ],
  [{ limits: { cpus: 0.5 } }, { HostConfig: { CpuQuota: 50_000 } }],
  [{ user: '1000', workingDir: '/app' }, { Config: { User: '1000:1000', WorkingDir: '/app/' } }],
  [
    { capabilities: { dropped: ['NET_RAW'], added: ['CHOWN'] } },
    { HostConfig: { CapDrop: ['all'], CapAdd: ['CAP_CHOWN'] } },
  ],
  [{ readOnlyRoot: true, privileged: false, autoRemove: false }, { HostConfig: { ReadonlyRootfs: true } }],
  [{ restartPolicy: 'no', health: 'none', oomKilled: false }, {}],
  [{ health: 'healthy', oomKilled: true }, { State: { OOMKilled: true, Health: { Status: 'healthy' } } }],
  [{ entrypoint: { equals: 'sh -c' } }, { Config: { Entrypoint: ['sh', '-c'] } }],
];
test.each(passing)('as asked: %j', async (expected, settings) => {
  expect(await said(asks(expected), machine(settings))).toBe(
    'pass: Container `web` from `nginx` is running.',
  );
});

test('what is asked is told whole', async () => {
  const check = asks({
    ports: [{ containerPort: 80, hostPort: 8080, hostIp: '127.0.0.1' }],
    mounts: [{ type: 'volume', source: 'data', target: '/data', readOnly: true }],
    limits: { memoryBytes: 1024 },
    capabilities: { dropped: ['ALL'], added: [] },
    pidMode: { container: 'db' },
  });
  expect((await verdictOn(check, machine({}))).expected).toBe(
    'container called `web`, with port 80 published on port 8080 of your machine at `127.0.0.1`, with volume `data` at `/data`, read-only, with all capabilities dropped, with no capability added, with the process ids of container `db`, with a memory limit of 1 KiB',
  );
});

describe('hostile settings', () => {
  test.each([
    [{ ports: [{ containerPort: 80 }] }, { HostConfig: { PortBindings: { '80/tcp': 7, 'x`y': [{}] } } }],
    [{ mounts: [{ type: 'bind', target: '/x' }] }, { Mounts: [null, { Destination: 5 }, 'x'] }],
    [{ env: { constructor: { contains: 'n' } } }, { Config: { Env: [7, { a: 1 }] } }],
    [{ labels: { __proto__x: { contains: 'n' } } }, { Config: { Labels: ['a'] } }],
    [{ networks: ['toString'] }, { NetworkSettings: { Networks: 'x' } }],
    [{ limits: { memoryBytes: 5 } }, { HostConfig: { Memory: '5' } }],
    [{ health: 'healthy' }, { State: { Health: 'healthy' } }],
  ])('pass nothing: %j', async (expected, settings) => {
    expect(await said(asks(expected), machine(settings as Settings))).toMatch(/^fail: Container `web` .*\.$/);
  });

  test('a name that would break out of its span does not', async () => {
    const settings = { Config: { Env: ['COLOR=`**x**\n'] } };
    expect(await said(asks({ env: { COLOR: { equals: 'red' } } }), machine(settings))).toContain(
      "`'**x**\\n`",
    );
  });
});
