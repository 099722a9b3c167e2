import { statfs } from 'node:fs/promises';
import type { UsageEvent, UsageReading, UsageSource } from '../../engine.ts';
import type { CgroupHost } from './cgroup/layout.ts';
import type { SandboxPaths } from './paths.ts';

export interface UsageOptions {
  cgroups: () => CgroupHost;
  /** Throws where the sandbox does not run. */
  partsOf: (id: string) => { paths: SandboxPaths; cgroup: string };
  /** When the gateway last refused the sandbox something because of a limit. ISO 8601. */
  egressRefusedAt: (id: string) => string | null;
}

/** What sandboxes use: their outer cgroup, and the disk as the host has it mounted. */
export class Usage implements UsageSource {
  readonly #options: UsageOptions;

  constructor(options: UsageOptions) {
    this.#options = options;
  }

  async read(id: string): Promise<UsageReading> {
    const { cgroups, partsOf, egressRefusedAt } = this.#options;
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
      egressRefusedAt: egressRefusedAt(id),
    };
  }

  follow(id: string, onEvent: (event: UsageEvent) => void): () => void {
    return this.#options.cgroups().follow(this.#options.partsOf(id).cgroup, onEvent);
  }
}
