/** Volumes, networks, compose projects: what is found by name beside containers. */
import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import { containerOf, type LiteralMachine } from '../observer.fixture.ts';

const label = (name: string) => `com.docker.compose.${name}`;
const service = (id: string, name: string, changes: Record<string, unknown> = {}) => ({
  ...containerOf(id, { name: `shop-${name}-${id}`, Status: 'Up 2 seconds (healthy)' }),
  Labels: { [label('project')]: 'shop', [label('service')]: name, [label('oneoff')]: 'False' },
  ...changes,
});
const ended = { State: 'exited', Status: 'Exited (1) 2 seconds ago' };

/** Two containers of `db` and one of `web`, a network, two volumes. */
const full: LiteralMachine = {
  containers: [
    {
      ...containerOf('a'),
      Mounts: [{ Type: 'volume', Name: 'data', Destination: '/data', RW: true }],
      NetworkSettings: { Networks: { lab: {} } },
    },
    service('b', 'web'),
    service('c', 'db', { Status: 'Up' }),
    service('d', 'db', { Status: 'Up 1 second (health: starting)' }),
    service('e', 'job', ended),
    service('f', 'sick', { Status: 'Up 1 second (unhealthy)' }),
    service('1', 'web', {
      Labels: { [label('project')]: 'shop', [label('service')]: 'once', [label('oneoff')]: 'True' },
    }),
  ],
  networks: [
    { Name: 'bridge', Driver: 'bridge' },
    { Name: 'lab', Driver: 'bridge', Internal: true, Labels: { tier: 'back' } },
    {
      Name: 'shop_default',
      Driver: 'bridge',
      Labels: { [label('project')]: 'shop', [label('network')]: 'default' },
    },
  ],
  volumes: [
    { Name: 'data', Driver: 'local', Labels: { keep: 'yes' } },
    {
      Name: 'shop_store',
      Driver: 'local',
      Labels: { [label('project')]: 'shop', [label('volume')]: 'store' },
    },
  ],
};
const lab = (expected: Record<string, unknown>) => ({ kind: 'network', name: 'lab', expect: expected });
const data = (expected: Record<string, unknown>) => ({ kind: 'volume', name: 'data', expect: expected });
const shop = (expected: Record<string, unknown>) => ({ kind: 'compose', project: 'shop', ...expected });

const passing: [Record<string, unknown>][] = [
  [data({ driver: 'local', labels: { keep: { equals: 'yes' } }, usedBy: 'web' })],
  [{ kind: 'volume', name: 'gone', present: false }],
  [lab({ driver: 'bridge', internal: true, attached: ['web'], labels: { tier: { equals: 'back' } } })],
  [{ kind: 'network', name: 'gone', present: false }],
  [
    shop({
      services: { web: { state: 'healthy', replicas: 1 }, db: { replicas: 2 }, job: { state: 'there' } },
      networks: ['default'],
      volumes: ['store'],
    }),
  ],
  [shop({ services: { job: { replicas: 0 } } })],
  [{ kind: 'compose', project: 'other', present: false }],
];
test.each(passing)('as asked: %j', async (check) => {
  expect(await said(check, full)).toMatch(/^pass: .+\.$/);
});

const misses: [Record<string, unknown>, LiteralMachine, string][] = [
  [data({ driver: 'nfs' }), full, 'Volume `data` has the driver `local`; the task asks for `nfs`.'],
  [
    data({ usedBy: 'db' }),
    full,
    'Volume `data` is mounted in `web`; the task asks for container `db`. There is no such container yet.',
  ],
  [
    { kind: 'volume', name: 'shop_store', expect: { usedBy: 'web' } },
    full,
    'Volume `shop_store` is mounted in no container; the task asks for container `web`.',
  ],
  [{ kind: 'volume', name: 'store' }, full, 'There is no volume `store` yet; there is `shop_store`.'],
  [
    { kind: 'volume', name: 'Data' },
    full,
    'There is no volume `Data` yet; there is `data`. Upper and lower case count.',
  ],
  [data({}), {}, 'There is no volume `data` yet; there is no volume at all.'],
  [
    { kind: 'volume', name: 'data', present: false },
    full,
    'Volume `data` is still there; the task asks that it be gone.',
  ],
  [
    lab({ internal: false }),
    full,
    'Network `lab` is internal (nothing outside can be reached from it); the task asks for one that leads outside (it is not internal).',
  ],
  [
    lab({ attached: ['web', 'db'] }),
    full,
    'Network `lab` has `web` attached, but not `db`. There is no container called `db` yet.',
  ],
  [
    { kind: 'network', name: 'shop_default', expect: { attached: ['web'] } },
    full,
    'Network `shop_default` has no container attached; the task asks for `web`.',
  ],
  [
    lab({}),
    { networks: [{ Name: 'bridge' }] },
    'There is no network `lab` yet; there is `bridge`, `host` and `none`.',
  ],
  [
    { kind: 'network', name: 'lab', present: false },
    full,
    'Network `lab` is still there; the task asks that it be gone.',
  ],
  [
    shop({ services: { cache: {} } }),
    full,
    'Service `cache` has no container yet; there is `web`, `db`, `job` and `sick`.',
  ],
  [
    shop({ services: { db: { replicas: 3 } } }),
    full,
    'Service `db` is running in 2 containers; the task asks for 3.',
  ],
  [
    shop({ services: { db: { replicas: 0 } } }),
    full,
    'Service `db` is running in 2 containers; the task asks for 0.',
  ],
  [
    shop({ services: { db: { state: 'healthy' } } }),
    full,
    'The container of service `db` is running, but it has no health check; the task asks that it be healthy.',
  ],
  [
    shop({ services: { sick: { state: 'healthy' } } }),
    full,
    'The container of service `sick` is running, but its health check fails; the task asks that it be healthy.',
  ],
  [
    shop({ services: { job: {} } }),
    full,
    'The container of service `job` has ended (exit code 1); the task asks that it be running.',
  ],
  [
    shop({ networks: ['back'] }),
    full,
    'The project has the network `default` of its own; the task asks for `back`.',
  ],
  [
    shop({ volumes: ['cache'] }),
    full,
    'The project has the volume `store` of its own; the task asks for `cache`.',
  ],
  [
    shop({ present: false }),
    full,
    'Of the compose project `shop` there is still `shop-web-b`, `shop-db-c`, `shop-db-d`, `shop-job-e` and `shop-sick-f`; the task asks that it be gone.',
  ],
  [
    { kind: 'compose', project: 'other' },
    full,
    'There is no compose project `other` yet; there is `shop`. A project is named after its directory.',
  ],
  [{ kind: 'compose', project: 'other' }, {}, 'There is no compose project `other` yet.'],
  [
    shop({ present: false }),
    { networks: (full.networks as unknown[]).slice(2) },
    'Of the compose project `shop` there is still the network `default`; the task asks that it be gone.',
  ],
];
test.each(misses)('a near miss: %j', async (check, machine, sentence) => {
  expect(await said(check, machine)).toBe(`fail: ${sentence}`);
});

test.each([[data({})], [lab({})], [shop({})]])('without Docker nothing is judged: %j', async (check) => {
  expect(await said(check, { docker: 'down' })).toMatch(/^could-not-look: Docker is not running/);
});

test.each([
  [data({}), { volumes: 'x' }],
  [data({}), { volumes: { 0: { Name: 'data' } } }],
  [lab({}), { networks: { lab: {} } }],
  [shop({}), { networks: 7 }],
])('what makes no sense could not be looked at %#', async (check, machine) => {
  expect(await said(check, machine)).toMatch(/^could-not-look: .*makes no sense/);
});

test.each([
  [
    data({ driver: 'local', labels: { keep: { contains: 'y' } } }),
    { volumes: [null, 7, { Name: 'data', Labels: ['keep'] }] },
  ],
  [
    lab({ attached: ['web'] }),
    {
      networks: [{ Name: 'lab' }],
      containers: [{ ...containerOf('a'), NetworkSettings: { Networks: ['lab'] } }],
    },
  ],
  [
    shop({ services: { web: {} } }),
    { containers: [{ ...containerOf('a'), Labels: { [label('project')]: 7 } }] },
  ],
])('junk within a list passes nothing %#', async (check, machine) => {
  expect(await said(check, machine)).toMatch(/^fail: .+\.$/);
});
