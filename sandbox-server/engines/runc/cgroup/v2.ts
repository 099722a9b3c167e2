/** Pure cgroup v2 hosts: one unified hierarchy. */
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../../../protocol/errors.ts';
import type { Limits } from '../../../../protocol/limits.ts';
import type { CgroupHost, Weights } from './layout.ts';
import { delegatedTo, innerPath, maxCgroups } from './layout.ts';
import { followOutOfMemoryV2, followV2, readUsageV2 } from './usage-v2.ts';
import { childCgroups, pidsBelow, removeCgroups } from './tree.ts';

const wantedControllers = ['cpu', 'memory', 'pids', 'io'];

async function enableControllers(directory: string): Promise<void> {
  const available = (await readFile(join(directory, 'cgroup.controllers'), 'utf8')).trim().split(' ');
  const wanted = wantedControllers.filter((controller) => available.includes(controller));
  await writeFile(join(directory, 'cgroup.subtree_control'), wanted.map((name) => `+${name}`).join(' '));
}

/** Files whose owner may manage the subtree, as the kernel itself lists them (cgroup-v2.rst, "Delegation"). */
async function delegatedFiles(): Promise<string[]> {
  const text = await readFile('/sys/kernel/cgroup/delegate', 'utf8');
  return text.split('\n').filter((name) => name !== '');
}

const cpuPeriodMicroseconds = 100_000;
const maxCgroupDepth = 32;

/** `io.weight` is the iocost controller's, `io.bfq.weight` the BFQ scheduler's; a host has one, both or neither. */
async function writeIoWeight(directory: string, weight: number): Promise<void> {
  for (const file of ['io.weight', 'io.bfq.weight']) {
    await writeFile(join(directory, file), `default ${weight}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'EACCES' && error.code !== 'EOPNOTSUPP') throw error;
    });
  }
}

async function writeWeights(directory: string, { cpuWeight, ioWeight }: Weights): Promise<void> {
  await writeFile(join(directory, 'cpu.weight'), String(cpuWeight));
  await writeIoWeight(directory, ioWeight);
}

async function writeLimits(directory: string, limits: Limits): Promise<void> {
  await writeFile(join(directory, 'memory.max'), String(limits.memoryBytes));
  await writeFile(join(directory, 'memory.swap.max'), '0').catch((error: NodeJS.ErrnoException) => {
    // Absent where the kernel has no swap accounting, and then there is nothing to limit.
    if (error.code !== 'ENOENT') throw error;
  });
  await writeFile(join(directory, 'pids.max'), String(limits.pids));
  await writeFile(join(directory, 'cgroup.max.descendants'), String(maxCgroups));
  await writeFile(join(directory, 'cgroup.max.depth'), String(maxCgroupDepth));
  await writeWeights(directory, limits);
  const quota = (limits.cpuPercent / 100) * cpuPeriodMicroseconds;
  await writeFile(join(directory, 'cpu.max'), `${quota} ${cpuPeriodMicroseconds}`);
}

export function createV2Host(mountPoint: string): CgroupHost {
  const at = (path: string) => join(mountPoint, path);

  async function delegate({ path, owner }: { path: string; owner: number }): Promise<void> {
    const inner = at(innerPath(path));
    await chown(inner, owner, owner);
    // Only these: a learner who owned the limit files of `inner` could raise them where nsdelegate is not in force.
    for (const file of await delegatedFiles()) {
      await chown(join(inner, file), owner, owner).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }

  return {
    version: 'v2',
    census: null,
    hierarchies: [{ mountPoint, controllers: [] }],
    async create({ path, limits, owner }) {
      await enableControllers(mountPoint);
      await mkdir(at(dirname(path)), { recursive: true });
      await enableControllers(at(dirname(path)));
      await mkdir(at(path), { recursive: true });
      await enableControllers(at(path));
      await writeLimits(at(path), limits);
      await mkdir(at(innerPath(path)), { recursive: true });
      // runc's cgroupfs driver does not delegate by itself and accepts a cgroup made and owned beforehand.
      await delegate({ path, owner });
    },
    weigh: ({ path, ...weights }) => writeWeights(at(path), weights),
    delegate,
    async whenJoinable(path) {
      const file = join(at(innerPath(path)), 'cgroup.subtree_control');
      for (let attempt = 0; (await readFile(file, 'utf8')).trim() === ''; attempt += 1) {
        if (attempt >= 1000)
          throw new CodedError('SANDBOX_START_FAILED', `PID 1 did not delegate ${file} within 5 s`);
        await delay(5);
      }
    },
    pids: (path, max) => pidsBelow(at(path), max),
    usage: (path) => readUsageV2(at(path)),
    follow: (path, onEvent) => followV2(at(path), at(innerPath(path)), onEvent),
    followOutOfMemory: (path, onEvent) => followOutOfMemoryV2(at(path), onEvent),
    async kill(path) {
      await writeFile(join(at(path), 'cgroup.kill'), '1').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    },
    remove: (path) => removeCgroups(at(path)),
    removeInstance: (instancePath) => removeCgroups(at(instancePath)),
    ownerOf: (path) => delegatedTo(at(innerPath(path))),
    async list(instancePath) {
      return (await childCgroups(at(instancePath))).map((path) => basename(path));
    },
  };
}
