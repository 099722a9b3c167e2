/** What is written where for a sandbox's share of processor and disk: directories stand for hierarchies. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createV1Host } from './v1.ts';
import { createV2Host } from './v2.ts';

const root = mkdtempSync(join(tmpdir(), 'camp-weigh-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

test('v1: shares of the processor from 1024, BFQ’s weight as it is, the older one not below 10', async () => {
  for (const controller of ['cpu', 'blkio']) mkdirSync(join(root, controller, 'one'), { recursive: true });
  const hierarchies = new Map(['cpu', 'blkio'].map((name) => [name, join(root, name)]));
  await createV1Host(hierarchies, null).weigh({ path: 'one', cpuWeight: 10, ioWeight: 5 });
  expect(read('cpu/one/cpu.shares')).toBe('102');
  expect(read('blkio/one/blkio.bfq.weight')).toBe('5');
  expect(read('blkio/one/blkio.weight')).toBe('10');
});

test('v2: the processor’s weight as it is, the disk’s as the default of all disks', async () => {
  mkdirSync(join(root, 'one'), { recursive: true });
  for (const file of ['io.weight', 'io.bfq.weight']) writeFileSync(join(root, 'one', file), '');
  await createV2Host(root).weigh({ path: 'one', cpuWeight: 10, ioWeight: 5 });
  expect(read('one/cpu.weight')).toBe('10');
  expect(read('one/io.weight')).toBe('default 5');
  expect(read('one/io.bfq.weight')).toBe('default 5');
});
