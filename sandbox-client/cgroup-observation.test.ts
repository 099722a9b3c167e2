import { expect, test } from 'vitest';
import { observeCgroup } from './cgroup-observation.ts';

const hierarchy = (controllers: string[], files: Record<string, string>, exists = true) => ({
  controllers,
  exists,
  files,
  children: exists ? ['below'] : [],
});

test('v2: limits, none and half a processor', () => {
  const files = {
    'cgroup.controllers': 'cpu memory pids\n',
    'memory.max': '33554432\n',
    'pids.max': 'max\n',
    'cpu.max': '50000 100000\n',
    'cgroup.freeze': '1\n',
  };
  expect(observeCgroup({ version: 'v2', hierarchies: [hierarchy([], files)] })).toEqual({
    version: 'v2',
    controllers: ['', 'cpu', 'memory', 'pids'],
    limits: { memoryBytes: 33_554_432, pids: null, cpus: 0.5 },
    frozen: true,
    children: ['below'],
  });
});

test('v1: the same of several hierarchies, of those in which it exists', () => {
  const hierarchies = [
    hierarchy(['memory'], { 'memory.limit_in_bytes': '9223372036854771712\n' }),
    hierarchy(['cpu', 'cpuacct'], { 'cpu.cfs_quota_us': '-1\n', 'cpu.cfs_period_us': '100000\n' }),
    hierarchy(['pids'], { 'pids.max': '20\n' }),
    hierarchy(['freezer'], { 'freezer.state': 'THAWED\n' }, false),
  ];
  expect(observeCgroup({ version: 'v1', hierarchies })).toEqual({
    version: 'v1',
    controllers: ['memory', 'cpu', 'cpuacct', 'pids'],
    limits: { memoryBytes: null, pids: 20, cpus: null },
    children: ['below'],
  });
});

test('what exists nowhere is none; what is no number is no limit that we know of', () => {
  expect(observeCgroup({ version: 'v1', hierarchies: [hierarchy(['memory'], {}, false)] })).toBe(null);
  const odd = observeCgroup({
    version: 'v2',
    hierarchies: [hierarchy([], { 'memory.max': 'x', 'cpu.max': '50000' })],
  });
  expect(odd?.limits).toEqual({});
});
