/** Judgements on computers other than this one. */
import { expect, test } from 'vitest';
import { CodedError } from '../../protocol/errors.ts';
import type { Attempt } from './attempt.ts';
import { runCheck } from './check.ts';
import type { Check, DoctorRow } from './check.ts';
import { capabilitiesCheck } from './checks/capabilities.ts';
import { cgroupsCheck, readCgroupMounts } from './checks/cgroups.ts';
import { debianPackagesCheck } from './checks/debian-packages.ts';
import { diskCheck } from './checks/disk.ts';
import { instanceCheck } from './checks/instance.ts';
import { kernelCheck } from './checks/kernel.ts';
import { ioWeightCheck } from './checks/io-weight.ts';
import { kernelLimitsCheck } from './checks/kernel-limits.ts';
import { loopDevicesCheck } from './checks/loop-devices.ts';
import { memoryCheck } from './checks/memory.ts';
import { packetFilterCheck } from './checks/packet-filter.ts';
import { portCheck } from './checks/port.ts';
import { rootCheck } from './checks/root.ts';
import { runtimeCheck } from './checks/runtime.ts';
import { refuseUnsuitable } from './refuse-unsuitable.ts';

const gigabyte = 1024 ** 3;

function expectMend<Facts>(
  check: Check<Facts>,
  facts: Facts,
  status: DoctorRow['status'],
  words: string,
): void {
  const judgement = check.judge(facts);
  expect(judgement.status).toBe(status);
  expect(`${judgement.found} | ${judgement.mend ?? ''}`).toContain(words);
  if (status !== 'ok') expect(judgement.mend).not.toBe('');
}

test('kernels', () => {
  expectMend(kernelCheck, { platform: 'linux', release: '6.1.0-18-amd64' }, 'ok', '6.1.0');
  expectMend(kernelCheck, { platform: 'linux', release: '5.19.0' }, 'ok', '5.19');
  expectMend(kernelCheck, { platform: 'linux', release: '5.10.0-28-amd64' }, 'fail', 'Debian 12');
  expectMend(kernelCheck, { platform: 'darwin', release: '23.1.0' }, 'fail', 'virtual machine');
});

test('root', () => {
  expectMend(rootCheck, { uid: 0, sudo: false }, 'ok', 'root');
  expectMend(rootCheck, { uid: 1000, sudo: true }, 'warn', 'will ask for sudo');
  expectMend(rootCheck, { uid: 1000, sudo: false }, 'fail', 'Run it as root');
});

test('capabilities: one that is needed, and one that is only missed by others', () => {
  const all = (1n << 41n) - 1n;
  expectMend(capabilitiesCheck, { bounding: all }, 'ok', 'all');
  expectMend(capabilitiesCheck, { bounding: all & ~(1n << 24n) }, 'ok', 'no CAP_SYS_RESOURCE');
  expectMend(capabilitiesCheck, { bounding: all & ~(1n << 21n) }, 'fail', 'CAP_SYS_ADMIN');
});

test('cgroups: v1, hybrid, v2, none, and no memory controller', () => {
  const line = (point: string, type: string, options: string) =>
    `30 22 0:30 / ${point} rw - ${type} ${type} ${options}`;
  const v1 = [
    line('/sys/fs/cgroup/cpu,cpuacct', 'cgroup', 'rw,cpu,cpuacct'),
    line('/sys/fs/cgroup/memory', 'cgroup', 'rw,memory'),
  ];
  expect(readCgroupMounts(v1.join('\n'))).toEqual({
    version: 'v1',
    controllers: ['cpu', 'cpuacct', 'memory'],
    groupParent: '/sys/fs/cgroup/memory',
  });
  const hybrid = [
    ...v1,
    line('/sys/fs/cgroup/systemd', 'cgroup', 'rw,name=systemd'),
    line('/sys/fs/cgroup/unified', 'cgroup2', 'rw'),
  ];
  expect(readCgroupMounts(hybrid.join('\n'))).toMatchObject({ version: 'hybrid' });
  expect(readCgroupMounts(line('/nonexistent', 'cgroup2', 'rw'))).toMatchObject({
    version: 'v2',
    groupParent: '/nonexistent',
  });
  expect(readCgroupMounts('')).toMatchObject({ version: 'none' });
  const controllers = ['cpu', 'memory', 'pids'];
  expectMend(cgroupsCheck, { version: 'v2', controllers, fault: null }, 'ok', 'writable');
  expectMend(cgroupsCheck, { version: 'v2', controllers, fault: 'EROFS' }, 'fail', 'privileged');
  expectMend(
    cgroupsCheck,
    { version: 'v2', controllers: ['cpu', 'pids'], fault: null },
    'fail',
    'cgroup_enable=memory',
  );
  expectMend(cgroupsCheck, { version: 'none', controllers: [], fault: null }, 'fail', '/sys/fs/cgroup');
});

test('loop devices', () => {
  expectMend(
    loopDevicesCheck,
    { free: { ok: true, output: '/dev/loop0\n' }, ext4: true, used: 3 },
    'ok',
    '/dev/loop0',
  );
  expectMend(
    loopDevicesCheck,
    { free: { ok: false, reason: 'no such file' }, ext4: true, used: 3 },
    'fail',
    'modprobe loop',
  );
  expectMend(
    loopDevicesCheck,
    { free: { ok: true, output: '/dev/loop0' }, ext4: false, used: 3 },
    'fail',
    'modprobe ext4',
  );
});

test('disk: more is needed to build than to run', () => {
  const facts = { directory: '/var/lib', freeBytes: 3 * gigabyte };
  expectMend(diskCheck, { ...facts, built: false }, 'fail', '--data DIR');
  expectMend(diskCheck, { ...facts, built: true }, 'ok', '3.0 GB');
});

test('shares of the disk: who weighs them, and how to have them weighed', () => {
  const facts = { disk: 'sda', scheduler: 'mq-deadline', cost: false };
  expectMend(ioWeightCheck, facts, 'warn', 'echo bfq > /sys/block/sda/queue/scheduler');
  expectMend(ioWeightCheck, { ...facts, scheduler: 'bfq' }, 'ok', 'bfq');
  expectMend(ioWeightCheck, { ...facts, cost: true }, 'ok', 'io.cost');
  expectMend(ioWeightCheck, { disk: null, scheduler: null, cost: false }, 'ok', 'not on a disk');
});

test('memory', () => {
  expectMend(memoryCheck, { availableBytes: 8 * gigabyte }, 'ok', '8.0 GB');
  expectMend(memoryCheck, { availableBytes: gigabyte }, 'warn', 'End other programs');
  expectMend(memoryCheck, { availableBytes: gigabyte / 4 }, 'fail', '0.3 GB');
});

test('kernel limits: absent ones are no fault', () => {
  const judged = (values: Record<string, number | null>, learners = 200) => ({
    learners,
    memoryBytes: 7_000_000,
    values,
  });
  expectMend(kernelLimitsCheck, judged({ 'kernel/pid_max': null }), 'ok', 'high enough');
  expectMend(
    kernelLimitsCheck,
    judged({ 'kernel/pid_max': 1_000 }),
    'warn',
    'sysctl -w kernel.pid_max=32192',
  );
  const usual = { 'kernel/pty/max': 4_096, 'user/max_net_namespaces': 200 };
  expectMend(kernelLimitsCheck, judged(usual, 10), 'ok', '10 machines');
  expectMend(kernelLimitsCheck, judged(usual, 100), 'warn', 'user.max_net_namespaces=228 ');
  expectMend(kernelLimitsCheck, judged(usual, 300), 'warn', 'kernel.pty.max=4624 ');
  // As many as the memory of all machines can be spent on, 700 bytes each.
  expectMend(kernelLimitsCheck, judged({ 'fs/file-max': 119_999 }, 10), 'warn', 'fs.file-max=120000 ');
  expectMend(kernelLimitsCheck, judged({ 'fs/file-max': 120_000 }, 10), 'ok', '10 machines');
});

test('the packet filter: loaded, to be loaded, absent', () => {
  expectMend(packetFilterCheck, { loaded: true, loadable: false }, 'ok', 'is there');
  expectMend(packetFilterCheck, { loaded: false, loadable: true }, 'ok', 'when the course starts');
  expectMend(packetFilterCheck, { loaded: false, loadable: false }, 'fail', 'modprobe ip_tables');
});

test('packages that are missing hinder nothing: starting installs them', () => {
  const missing = [{ package: 'docker-registry', why: 'serves the course’s images', when: 'run' as const }];
  expectMend(debianPackagesCheck, { missing }, 'warn', 'apt-get install docker-registry');
});

test('the container runtime', () => {
  expectMend(
    runtimeCheck,
    { runtime: 'runc', tried: { ok: true, output: 'runc version 1.1.5+ds1\n' } },
    'ok',
    '1.1.5',
  );
  const old: Attempt = { ok: true, output: 'runc version 1.0.3\n' };
  expectMend(runtimeCheck, { runtime: 'runc', tried: old }, 'fail', 'apt-get install runc');
  const absent: Attempt = { ok: false, reason: 'there is no program crun' };
  expectMend(runtimeCheck, { runtime: 'crun', tried: absent }, 'fail', 'apt-get install crun');
});

test('the port: free, ours, somebody’s', () => {
  const facts = { host: '127.0.0.1', port: 8080, owner: null, ours: false };
  expectMend(portCheck, { ...facts, state: 'free' }, 'ok', 'free');
  expectMend(portCheck, { ...facts, state: 'taken', ours: true }, 'ok', 'own');
  const owner = { pid: 77, commandLine: 'python3 -m http.server' };
  expectMend(portCheck, { ...facts, state: 'taken', owner }, 'fail', 'process 77: python3 -m http.server');
  expectMend(portCheck, { ...facts, state: 'taken' }, 'fail', '--port 8081');
  expectMend(portCheck, { ...facts, state: 'no-such-address' }, 'fail', '--host');
});

test('a killed course is told from one that runs', () => {
  const record = {
    phase: 'running' as const,
    supervisor: { pid: 9, startTicks: 1 },
    since: '2026-01-01T00:00:00.000Z',
    address: { url: 'http://127.0.0.1:8080/', host: '127.0.0.1', port: 8080 },
    processes: [],
  };
  const facts = { dataDir: '/srv', others: [] };
  expectMend(instanceCheck, { ...facts, running: true, record }, 'ok', 'http://127.0.0.1:8080/');
  expectMend(instanceCheck, { ...facts, running: false, record }, 'warn', 'was killed');
  expectMend(instanceCheck, { ...facts, running: false, record: null, others: ['/a'] }, 'ok', '/a');
});

test('a look that fails is a row', async () => {
  const check: Check<never> = {
    name: 'test',
    needed: 'nothing',
    look: () => Promise.reject(new Error('no /proc')),
    judge: () => ({ status: 'ok', found: '' }),
  };
  const row = await runCheck(check, {
    layout: {} as never,
    host: '',
    port: 0,
    machineBuilt: false,
    learners: 1,
    memoryBytes: 0,
    runtime: 'runc',
  });
  expect(row).toMatchObject({ status: 'fail', found: 'it could not be found out: no /proc' });
});

test('refusal names found, needed and mend, with the code of the one fault', () => {
  const row: DoctorRow = {
    name: 'port',
    status: 'fail',
    found: 'taken',
    needed: 'a free one',
    mend: '--port 1',
  };
  const refusal = (rows: DoctorRow[]) => {
    try {
      refuseUnsuitable(rows);
    } catch (error) {
      return error as CodedError;
    }
    throw new Error('it was not refused');
  };
  expect(refusal([row]).code).toBe('PORT_TAKEN');
  expect(refusal([{ ...row, name: 'disk' }]).code).toBe('DISK_TOO_SMALL');
  expect(refusal([row, { ...row, name: 'disk' }]).code).toBe('HOST_UNSUITABLE');
  expect(refusal([row]).message).toMatch(/found: {2}taken\n {2}needed: a free one\n {2}mend: {3}--port 1/);
  expect(() => refuseUnsuitable([{ ...row, status: 'warn' }])).not.toThrow();
});
