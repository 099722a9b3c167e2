/** cgroup v1 and hybrid hosts: one directory in each controller's hierarchy. */
import { chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Limits } from '../../../../protocol/limits.ts';
import type { CgroupHost, Weights } from './layout.ts';
import { delegatedTo, innerPath, maxCgroups } from './layout.ts';
import { followOutOfMemoryV1, followV1, readUsageV1 } from './usage-v1.ts';
import { createCensus } from './census-v1.ts';
import { childCgroups, pidsBelow, removeCgroups, writeBelow } from './tree.ts';
import { stuckError } from '../stuck.ts';

/** Where a file is missing the kernel was built without that limit; the doctor names it, a sandbox still starts. */
async function writeLimit(path: string, value: number): Promise<void> {
  await writeFile(path, String(value)).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code;
    // Writing also fails with EOPNOTSUPP where swap accounting is off.
    if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EOPNOTSUPP') throw error;
  });
}

const killTimeoutMs = 5_000;

function sendKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const cpuPeriodMicroseconds = 100_000;

/** v1's cpu.shares count from 1024 where v2's cpu.weight counts from 100. */
function sharesOf(weight: number): number {
  return Math.min(262_144, Math.max(2, Math.round((weight * 1024) / 100)));
}

/**
 * `hierarchies` maps a controller (or `name=systemd`) to its mount point; `unified` is where a hybrid host has cgroup2,
 * which carries no limits but in which the runtime makes the same directories.
 */
export function createV1Host(hierarchies: ReadonlyMap<string, string>, unified: string | null): CgroupHost {
  const mountPoints = [...new Set([...hierarchies.values(), ...(unified === null ? [] : [unified])])];
  const at = (controller: string, path: string) => {
    const mountPoint = hierarchies.get(controller);
    return mountPoint === undefined ? undefined : join(mountPoint, path);
  };

  async function writeLimits(path: string, limits: Limits): Promise<void> {
    const memory = at('memory', path);
    if (memory !== undefined) {
      await mkdir(memory, { recursive: true });
      await writeLimit(join(memory, 'memory.limit_in_bytes'), limits.memoryBytes);
      // Memory and swap together: no swap beyond the limit.
      await writeLimit(join(memory, 'memory.memsw.limit_in_bytes'), limits.memoryBytes);
    }
    const pids = at('pids', path);
    if (pids !== undefined) {
      await mkdir(pids, { recursive: true });
      await writeLimit(join(pids, 'pids.max'), limits.pids);
    }
    const cpu = at('cpu', path);
    if (cpu !== undefined) {
      await mkdir(cpu, { recursive: true });
      await writeLimit(join(cpu, 'cpu.cfs_period_us'), cpuPeriodMicroseconds);
      await writeLimit(join(cpu, 'cpu.cfs_quota_us'), (limits.cpuPercent / 100) * cpuPeriodMicroseconds);
    }
    await weigh({ path, ...limits });
  }

  async function weigh({ path, cpuWeight, ioWeight }: { path: string } & Weights): Promise<void> {
    const cpu = at('cpu', path);
    if (cpu !== undefined) await writeLimit(join(cpu, 'cpu.shares'), sharesOf(cpuWeight));
    const blkio = at('blkio', path);
    if (blkio === undefined) return;
    await mkdir(blkio, { recursive: true });
    // BFQ's takes 1 to 1000, the older CFQ's not below 10.
    await writeLimit(join(blkio, 'blkio.bfq.weight'), ioWeight);
    await writeLimit(join(blkio, 'blkio.weight'), Math.max(10, ioWeight));
  }

  async function delegate({ path, owner }: { path: string; owner: number }): Promise<void> {
    const directories = mountPoints.map((mountPoint) => join(mountPoint, innerPath(path)));
    await Promise.all(
      directories.map(async (directory) => {
        const files = await readdir(directory).catch(() => undefined);
        if (files === undefined) return;
        await chown(directory, owner, owner);
        await Promise.all(files.map((file) => chown(join(directory, file), owner, owner)));
      }),
    );
    // The one hierarchy here in which the kernel bounds their number; of the others there is a census.
    if (unified !== null) await writeLimit(join(unified, path, 'cgroup.max.descendants'), maxCgroups);
  }

  /**
   * v1 has no kill file. A process that is frozen, which a learner can do to the whole sandbox, dies only when thawed:
   * thawed after it was killed, it runs no further instruction.
   */
  async function kill(path: string): Promise<void> {
    const [pids, freezer] = [at('pids', path), at('freezer', path)];
    if (pids === undefined) return;
    for (const deadline = Date.now() + killTimeoutMs; ; await delay(2)) {
      const left = await pidsBelow(pids, Infinity, Infinity);
      if (left.length === 0) return;
      if (Date.now() > deadline) throw stuckError(left);
      for (const pid of left) sendKill(pid);
      if (freezer !== undefined) await writeBelow(freezer, 'freezer.state', 'THAWED');
    }
  }

  return {
    version: 'v1',
    census: createCensus(hierarchies),
    hierarchies: [...new Set(hierarchies.values())].map((mountPoint) => ({
      mountPoint,
      controllers: [...hierarchies].flatMap(([name, at]) => (at === mountPoint ? [name] : [])),
    })),
    create: ({ path, limits }) => writeLimits(path, limits),
    weigh,
    delegate,
    whenJoinable: async () => undefined,
    pids: (path, max) => pidsBelow(at('pids', path) ?? join(mountPoints[0] as string, path), max),
    usage: (path) => readUsageV1(at, path),
    follow: (path, onEvent) => followV1(at, innerPath(path), onEvent),
    followOutOfMemory: (path, onEvent) => followOutOfMemoryV1(at, path, onEvent),
    kill,
    async remove(path) {
      await Promise.all(mountPoints.map((mountPoint) => removeCgroups(join(mountPoint, path))));
    },
    async removeInstance(instancePath) {
      await Promise.all(mountPoints.map((mountPoint) => removeCgroups(join(mountPoint, instancePath))));
    },
    ownerOf: async (path) => delegatedTo(at('pids', innerPath(path)) ?? ''),
    async list(instancePath) {
      const found = await Promise.all(
        mountPoints.map((mountPoint) => childCgroups(join(mountPoint, instancePath))),
      );
      return [...new Set(found.flat().map((path) => basename(path)))];
    },
  };
}
