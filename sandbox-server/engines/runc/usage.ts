import { statfs } from 'node:fs/promises';
import type { OutOfMemory, UsageEvent, UsageReading, UsageSource } from '../../engine.ts';
import type { CgroupHost } from './cgroup/layout.ts';
import type { OutOfMemoryWatch } from './out-of-memory-watch.ts';
import type { SandboxPaths } from './paths.ts';

export interface UsageOptions {
  cgroups: () => CgroupHost;
  /** Throws where the sandbox does not run. */
  partsOf: (id: string) => { paths: SandboxPaths; cgroup: string };
  egressRefused: (id: string) => UsageReading['egressRefused'];
  outOfMemory: OutOfMemoryWatch;
}

/** What sandboxes use: their outer cgroup, and the disk as the host has it mounted. */
export class Usage implements UsageSource {
  readonly #options: UsageOptions;

  constructor(options: UsageOptions) {
    this.#options = options;
  }

  async read(id: string): Promise<UsageReading> {
    const { cgroups, partsOf, egressRefused } = this.#options;
    const { paths, cgroup } = partsOf(id);
    const [used, disk] = await Promise.all([cgroups().usage(cgroup), statfs(paths.disk)]);
    // As df counts: ext4 keeps some blocks for itself, which nobody can have.
    const usedBlocks = disk.blocks - disk.bfree;
    return {
      ...used,
      diskUsedBytes: usedBlocks * disk.bsize,
      diskBytes: (usedBlocks + disk.bavail) * disk.bsize,
      inodesUsed: disk.files - disk.ffree,
      inodes: disk.files,
      egressRefused: egressRefused(id),
    };
  }

  follow(id: string, onEvent: (event: UsageEvent) => void): () => void {
    const { cgroups, partsOf, outOfMemory } = this.#options;
    const unfollow = cgroups().follow(partsOf(id).cgroup, () => onEvent('look'));
    const unlisten = outOfMemory.listen(id, () => onEvent('out-of-memory'));
    return () => {
      unfollow();
      unlisten();
    };
  }

  tellOutOfMemory(id: string): OutOfMemory | null {
    return this.#options.outOfMemory.tell(id);
  }
}
