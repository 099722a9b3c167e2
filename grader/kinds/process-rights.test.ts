import { expect, test } from 'vitest';
import { said } from '../check.fixture.ts';
import { containerOf, idOf, init, processOf } from '../observer.fixture.ts';
import type { ProcessObservation } from '../observer.ts';

const asks = (expected: Record<string, unknown>) => ({
  kind: 'process',
  find: { name: { equals: 'sh' } },
  expect: expected,
});
const first = { ...init, seccompFilters: 1 };
const other = processOf({ pid: 50, name: 'db', containerId: idOf('b'), ns: { ...init.ns, pid: 'pid:[2]' } });
const machine = (changes: Partial<ProcessObservation>) => ({
  processes: [first, processOf(changes), other],
  containers: [containerOf('a'), containerOf('b', { name: 'db' })],
});
/** CHOWN and NET_RAW, and the highest that Linux has. */
const capabilities = 1 + 2 ** 13 + 2 ** 40;
const db = { name: { equals: 'db' } };

const passing: [Record<string, unknown>, Partial<ProcessObservation>][] = [
  [{ gid: 7 }, { gid: 7 }],
  [{ capabilities: { has: ['CHOWN', 'CHECKPOINT_RESTORE'], lacks: ['SYS_ADMIN'] } }, { capabilities }],
  [{ capabilities: { lacks: ['ALL'] } }, { capabilities: 0 }],
  [
    { noNewPrivs: true, seccomp: 'filtered' },
    { noNewPrivs: true, seccompFilters: 2 },
  ],
  [{ seccomp: 'unconfined' }, { seccompFilters: 1 }],
  [{ sameNamespacesAs: { process: db, namespaces: ['pid', 'net'] } }, { ns: other.ns }],
  [{ differsFrom: { process: db, namespaces: ['pid'] } }, {}],
  [{ differsFrom: { process: { container: 'db' }, namespaces: ['pid'] } }, {}],
];
test.each(passing)('as asked: %j', async (expected, changes) => {
  expect(await said(asks(expected), machine(changes))).toMatch(
    /^pass: A process called `sh` is running, .+\.$/,
  );
});

const misses: [Record<string, unknown>, Partial<ProcessObservation>, string][] = [
  [{ gid: 7 }, { gid: 0 }, 'A process called `sh` is running, but as group id 0; the task asks for 7.'],
  [
    { capabilities: { has: ['CHOWN', 'SYS_ADMIN'] } },
    { capabilities },
    'A process called `sh` is running, but without the capability `SYS_ADMIN`, which the task asks for.',
  ],
  [
    { capabilities: { lacks: ['CHOWN', 'SYS_ADMIN'] } },
    { capabilities },
    'A process called `sh` is running, but with the capability `CHOWN`; the task asks for one without that.',
  ],
  [
    { capabilities: { lacks: ['ALL'] } },
    { capabilities },
    'A process called `sh` is running, but with the capabilities `CHOWN`, `NET_RAW` and `CHECKPOINT_RESTORE`; the task asks for one without any.',
  ],
  [
    { capabilities: { has: ['CHOWN'] } },
    {},
    'A process called `sh` is running, but its capabilities could not be read.',
  ],
  [
    { noNewPrivs: true },
    { noNewPrivs: false },
    'A process called `sh` is running, but it can gain new rights (no_new_privs is not set); the task asks that it cannot.',
  ],
  [
    { noNewPrivs: false },
    { noNewPrivs: true },
    'A process called `sh` is running, but it can gain no new rights (no_new_privs); the task asks that it can.',
  ],
  [
    { seccomp: 'filtered' },
    { seccompFilters: 1 },
    'A process called `sh` is running, but no seccomp filter holds for its system calls; the task asks that one does.',
  ],
  [
    { seccomp: 'unconfined' },
    { seccompFilters: 2 },
    'A process called `sh` is running, but its system calls are filtered (seccomp); the task asks that they not be.',
  ],
  [
    { sameNamespacesAs: { process: db, namespaces: ['net', 'pid'] } },
    {},
    'A process called `sh` is running, but it does not share the process ids (PID namespace) of the process called `db`; the task asks that it do.',
  ],
  [
    { sameNamespacesAs: { process: { name: { equals: 'no' } }, namespaces: ['pid'] } },
    {},
    'A process called `sh` is running, but there is no process called `no` to compare it with.',
  ],
  [
    { differsFrom: { process: db, namespaces: ['pid', 'net'] } },
    {},
    'A process called `sh` is running, but it shares the network (network namespace) of the process called `db`; the task asks that it have its own.',
  ],
  [
    { differsFrom: { process: db, namespaces: ['pid'] } },
    { ns: {} },
    'A process called `sh` is running, but its process ids (PID namespace) could not be compared.',
  ],
];
test.each(misses)('a near miss: %j', async (expected, changes, sentence) => {
  expect(await said(asks(expected), machine(changes))).toBe(`fail: ${sentence}`);
});

test('a process is told by its container', async () => {
  const inDb = { kind: 'process', find: { name: { equals: 'sh' }, container: 'db' } };
  expect(await said(inDb, machine({ containerId: idOf('b') }))).toMatch(/^pass/);
  expect(await said(inDb, machine({ containerId: idOf('a') }))).toBe(
    'fail: A process called `sh` is running, but in container `web`; the task asks for container `db`.',
  );
  expect(await said(inDb, machine({}))).toBe(
    'fail: A process called `sh` is running, but in no container; the task asks for container `db`.',
  );
  expect(await said({ kind: 'process', find: { container: 'x`y' } }, machine({}))).toBe(
    "fail: No process in container `x'y` is running.",
  );
});

test('how many there are', async () => {
  const count = (bounds: Record<string, number>) => ({ ...asks({}), count: bounds });
  expect(await said(count({ atMost: 0 }), machine({ name: 'ls' }))).toBe(
    'pass: No processes called `sh` are running.',
  );
  expect(await said(count({ atMost: 0 }), machine({}))).toBe(
    'fail: 1 process called `sh` is running; the task asks for at most 0.',
  );
  expect(await said({ ...asks({ uid: 5 }), count: { atLeast: 2 } }, machine({}))).toBe(
    'fail: No processes called `sh` are running as asked; the task asks for at least 2. A process called `sh` is running, but as user id 0; the task asks for 5.',
  );
});

test('rights that were not read pass nothing', async () => {
  for (const expected of [
    { capabilities: { lacks: ['ALL'] } },
    { noNewPrivs: false },
    { seccomp: 'unconfined' },
    { gid: 0 },
  ]) {
    const processes = [init, processOf({ capabilities: Number.NaN })];
    expect(await said(asks(expected), { processes })).toMatch(/^fail: .+\.$/);
  }
});

test('nothing differs from a process that is not there', async () => {
  const check = asks({ differsFrom: { process: { name: { equals: 'no' } }, namespaces: ['pid'] } });
  expect(await said(check, machine({}))).toBe(
    'fail: A process called `sh` is running, but there is no process called `no` to compare it with.',
  );
});
