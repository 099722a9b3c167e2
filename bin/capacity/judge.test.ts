import { expect, test } from 'vitest';
import { capacitySchema } from '../../protocol/capacity.ts';
import type { CapacityView } from '../../protocol/sandbox-api.ts';
import { judgeCapacity } from './judge.ts';
import type { KernelFacts } from './kernel-facts.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

const kernel: KernelFacts = {
  cores: 2,
  memoryBytes: 24 * GiB,
  pidMax: 32_768,
  threadsMax: 190_000,
  netNamespaces: 90_000,
  ptys: 4_096,
};
const view: CapacityView = {
  capacity: capacitySchema.parse({ memoryReserveBytes: GiB, diskReserveBytes: GiB }),
  running: 2,
  warm: 1,
  stopped: 4,
  mostKept: 512,
  room: { memoryAvailableBytes: 5 * GiB, diskFreeBytes: 101 * GiB },
  expected: { memoryBytes: 128 * MiB, diskBytes: 256 * MiB },
  footprint: {
    sampled: 3,
    memoryBytes: 64 * MiB,
    diskBytes: 20 * MiB,
    processes: 5,
    threads: 40,
  },
};
const learners = (judged: ReturnType<typeof judgeCapacity>) =>
  Object.fromEntries(judged.resources.map((one) => [one.name, [one.learners, one.idle]]));

test('each resource is divided by what one takes, those that run included', () => {
  expect(learners(judgeCapacity(view, kernel))).toMatchObject({
    configured: [200, 200],
    // 4 GiB and the three that run.
    memory: [33, 67],
    disk: [400, 5123],
    ids: [508, 508],
    processes: [317, 794],
    'network namespaces': [90_000, 90_000],
    terminals: [819, 4_096],
  });
});

test('the bound is what runs out first, and it says what to change', () => {
  const judged = judgeCapacity(view, kernel);
  expect(judged).toMatchObject({ learners: 33, idle: 67, bound: { name: 'memory' } });
  expect(judged.bound.mend).toMatch(/add memory/);
  const smallPids = judgeCapacity(view, { ...kernel, pidMax: 2_000 });
  expect(smallPids.bound).toMatchObject({ name: 'processes', learners: 10 });
  expect(smallPids.bound.mend).toBe('sysctl -w kernel.pid_max=8000');
});

test('what the kernel does not say is left out; nothing is negative', () => {
  const silent: KernelFacts = { ...kernel, pidMax: null, threadsMax: null, netNamespaces: null, ptys: null };
  const full = { ...view, room: { memoryAvailableBytes: 0, diskFreeBytes: 0 } };
  const judged = judgeCapacity(full, silent);
  expect(Object.keys(learners(judged))).toEqual(['configured', 'memory', 'disk', 'ids']);
  expect(judged.learners).toBe(0);
});
