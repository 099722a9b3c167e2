import { expect, test } from 'vitest';
import { limitsSchema } from '../protocol/limits.ts';
import { durationText } from './duration-text.ts';
import { sandboxRows, type ListedSandbox } from './sandbox-rows.ts';

const now = Date.UTC(2026, 0, 3, 12);
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
const sandbox: ListedSandbox = {
  id: 'abcdefghijkl',
  status: 'running',
  docker: 'ready',
  network: 'packages',
  createdAt: at(-50),
  bootId: 'b',
  limits: limitsSchema.parse({}),
  kernel: { release: '6', version: '#1', machine: 'x86_64' },
  usage: {
    memoryBytes: 120e6,
    memoryLimitBytes: 1e9,
    pids: 1,
    pidsLimit: 2,
    diskUsedBytes: 2e9,
    diskBytes: 6e9,
    inodesUsed: 1,
    inodes: 2,
    cpuMs: 1,
  },
};

test('a running one: how old, how long idle, how long yet, what it uses', () => {
  const plan = { activeAt: at(-0.1), stopsAt: at(0.9), removedAt: null };
  expect(sandboxRows([{ ...sandbox, plan }], now)[1]).toEqual([
    'abcdefghijkl',
    'running',
    'ready',
    '2 d 2 h',
    '6 min',
    '54 min',
    '120 of 1000 MB',
    '2000 of 6000 MB',
  ]);
});

test('a stopped one is kept for so long; what nobody knows is a dash', () => {
  const plan = { activeAt: at(-5), stopsAt: null, removedAt: at(24 * 9) };
  const stopped = { ...sandbox, status: 'stopped', docker: 'stopped', usage: null } as const;
  expect(sandboxRows([{ ...stopped, plan }, stopped], now).map((row) => row.slice(4))).toEqual([
    ['IDLE', 'TIME LEFT', 'MEMORY', 'DISK'],
    ['5 h', '9 d kept', '-', '-'],
    ['-', '-', '-', '-'],
  ]);
});

test('durations in their two largest units', () => {
  const seconds = [0, 59, 60, 61, 3_600, 3_659, 90_061];
  expect(seconds.map((one) => durationText(one * 1000))).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '1 min 1 s',
    '1 h',
    '1 h',
    '1 d 1 h',
  ]);
  expect(durationText(-5)).toBe('0 s');
});
