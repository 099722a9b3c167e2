import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyKind } from './every-kind.fixture.ts';
import { gradeExercise } from './grade.ts';
import {
  answerOf,
  containerOf,
  detailOf,
  eventOf,
  idOf,
  imageOf,
  init,
  mountOf,
  processOf,
  tableOf,
} from './observer.fixture.ts';
import type { Observer } from './observer.ts';

const junk = fc.anything({
  key: fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'Id', 'Names', 'toString', 'ok', 'value'),
  ),
  maxDepth: 4,
  withBigInt: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** A value of the right shape with any part of it replaced by junk. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  const whole = fc.constant(value);
  if (Array.isArray(value)) {
    return fc.oneof({ weight: 6, arbitrary: fc.tuple(...value.map(spoilt)) }, { weight: 1, arbitrary: junk });
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spoilt(part)]));
    return fc.oneof(
      { weight: 6, arbitrary: fc.record(parts, { requiredKeys: [] }) },
      { weight: 1, arbitrary: junk },
    );
  }
  return fc.oneof({ weight: 6, arbitrary: whole }, { weight: 1, arbitrary: junk });
}

const seen = (value: unknown): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: spoilt(value).map((spoiltValue) => ({ ok: true, value: spoiltValue })) },
    { weight: 1, arbitrary: fc.record({ ok: fc.constant(false), why: junk, reason: junk }) },
    { weight: 1, arbitrary: junk },
  );

const file = {
  exists: true,
  type: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  text: 'aaa',
  entries: ['sh'],
  linkTarget: '/x',
};
const container = containerOf('a', {
  State: 'exited',
  Status: 'Exited (0) now',
  Image: `sha256:${idOf('1')}`,
});

const labels = { 'com.docker.compose.project': 'shop', tier: 'front' };
const machine = fc.record({
  file: seen(file),
  processes: seen([init, processOf({ root: '/srv' })]),
  kernel: seen({ release: 'r', version: 'v', machine: 'm' }),
  events: seen([
    eventOf('container', 'attach', 'x'),
    eventOf('container', 'die', 'x', { image: 'nginx', name: 'web', exitCode: '0' }),
  ]),
  containers: seen([container, containerOf('b', { name: 'other' })]),
  images: seen([imageOf('1', 'nginx:latest')]),
  volumes: seen({ Volumes: [{ Name: 'data', Driver: 'local', Labels: labels }] }),
  mounts: seen([
    tableOf(
      mountOf({ target: '/m', type: 'overlay', superOptions: ['lowerdir=/a:/b', 'upperdir=/u'] }),
      mountOf({ target: '/run/netns/lab', type: 'nsfs', root: 'net:[9]' }),
    ),
  ]),
  cgroup: seen({
    version: 'v1',
    controllers: ['memory', 'pids'],
    limits: { memoryBytes: 64, pids: 5, cpus: null },
    frozen: false,
    children: ['a'],
  }),
  http: seen(answerOf('{"tags":["1"]}', { headers: { 'docker-content-digest': `sha256:${idOf('1')}` } })),
  script: seen({ exitCode: 0, timedOut: false, output: 'x' }),
  networks: seen([{ Name: 'lab', Driver: 'bridge', Internal: true, Labels: labels }]),
  history: seen([{ CreatedBy: 'RUN x' }]),
  detail: seen({
    ...detailOf({}),
    Driver: 'overlay2',
    HostConfig: {
      PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
      NetworkMode: `container:${idOf('b')}`,
      Memory: 64,
      CapDrop: ['ALL'],
      RestartPolicy: { Name: 'always' },
    },
    Mounts: [{ Type: 'volume', Name: 'data', Destination: '/data', RW: false }],
    NetworkSettings: { Networks: { lab: {} } },
    RootFS: { Layers: ['a'] },
    Size: 10,
  }),
});

type Machine = typeof machine extends fc.Arbitrary<infer T> ? T : never;

function observerOf(hostile: Machine): Observer {
  const give = (value: unknown): Promise<never> => Promise.resolve(value as never);
  return {
    file: () => give(hostile.file),
    processes: () => give(hostile.processes),
    kernel: () => give(hostile.kernel),
    dockerEvents: () => give(hostile.events),
    mounts: () => give(hostile.mounts),
    cgroup: () => give(hostile.cgroup),
    http: () => give(hostile.http),
    script: () => give(hostile.script),
    docker: (path) => {
      expect(path).toMatch(
        /^\/(info|volumes|networks|images\/json|containers\/json\?all=1|(containers|images)\/(sha256:)?[0-9a-f]{64}\/(json|history))$/,
      );
      if (path.endsWith('/history')) return give(hostile.history);
      if (path === '/volumes') return give(hostile.volumes);
      if (path === '/networks') return give(hostile.networks);
      if (path.startsWith('/containers/json')) return give(hostile.containers);
      return give(path === '/images/json' ? hostile.images : hostile.detail);
    },
  };
}

test('whatever a machine shows, there is a sentence for every check, in order, and no fault', async () => {
  const statuses = new Set<string>();
  const run = fc.asyncProperty(machine, fc.array(fc.string(), { maxLength: 24 }), async (hostile, typed) => {
    const graded = await gradeExercise({
      exerciseId: 'a/b/c',
      exercise: everyKind,
      observer: observerOf(hostile),
      answers: new Map(everyKind.checks.map((check, index) => [check.id, typed[index] ?? 'abcd'])),
      now: new Date(0),
      onFault: (fault) => {
        throw fault;
      },
    });
    expect(graded.verdicts.map((verdict) => verdict.checkId)).toEqual(
      everyKind.checks.map((check) => check.id),
    );
    for (const verdict of graded.verdicts) {
      statuses.add(verdict.status);
      expect(verdict.sentence).toMatch(/^[A-Z`A-Z0-9].{5,1500}[.]$/u);
      expect(verdict.expected).not.toBe('');
      expect(verdict.observed).not.toBe('');
    }
  });
  await fc.assert(run, { numRuns: 300 });
  expect([...statuses].toSorted()).toEqual(['could-not-look', 'fail', 'pass', 'waiting']);
});

test('a flood of entries is bounded', async () => {
  const many = <T>(value: T): T[] => Array.from({ length: 200_000 }, () => value);
  const hostile = { ok: true, value: many(container) };
  const graded = await gradeExercise({
    exerciseId: 'a/b/c',
    exercise: everyKind,
    observer: observerOf({
      file: { ok: true, value: { ...file, text: 'a'.repeat(5_000_000), entries: many('x') } },
      processes: { ok: true, value: many(init) },
      kernel: null,
      events: { ok: true, value: many(eventOf('container', 'die', 'x')) },
      containers: hostile,
      images: { ok: true, value: many(imageOf('1', ...Array.from({ length: 100 }, () => 'nginx:latest'))) },
      volumes: { ok: true, value: { Volumes: many({ Name: 'data' }) } },
      networks: { ok: true, value: many({ Name: 'lab' }) },
      history: { ok: true, value: many({ CreatedBy: 'x' }) },
      mounts: { ok: true, value: many({ ns: 'x', root: '/', mounts: many(mountOf({})) }) },
      cgroup: { ok: true, value: { version: 'v2', controllers: many('x'), limits: {}, children: many('x') } },
      http: { ok: true, value: { answered: true, status: 200, headers: {}, body: 'x'.repeat(5_000_000) } },
      script: { ok: true, value: { exitCode: 0, timedOut: false, output: 'x'.repeat(5_000_000) } },
      detail: null,
    }),
    answers: new Map(),
    now: new Date(0),
    onFault: (fault) => expect.unreachable(String(fault)),
  });
  expect(graded.verdicts).toHaveLength(everyKind.checks.length);
});
