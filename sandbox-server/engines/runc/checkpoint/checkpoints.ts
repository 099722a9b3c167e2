import type { SandboxCheckpoints } from '../../../engine.ts';
import { tellFullDisk } from '../host-disk-full.ts';
import type { SandboxPaths } from '../paths.ts';
import * as files from './checkpoint-files.ts';

export interface CheckpointsOptions {
  pathsOf: (id: string) => SandboxPaths;
  /** Throws SANDBOX_NOT_RUNNING. */
  requireRunning: (id: string) => void;
  /** Bytes of the host's disk that stay free. */
  reserveBytes: () => number;
}

export class Checkpoints implements SandboxCheckpoints {
  readonly #options: CheckpointsOptions;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
  }

  async take(id: string, options: Omit<files.WriteCheckpoint, 'reserveBytes'>) {
    this.#options.requireRunning(id);
    const reserveBytes = this.#options.reserveBytes();
    const paths = this.#options.pathsOf(id);
    return await tellFullDisk('keeping a copy of a disk', () =>
      files.writeCheckpoint(paths, { ...options, reserveBytes }),
    );
  }

  list(id: string) {
    return files.listCheckpoints(this.#options.pathsOf(id));
  }

  drop(id: string, checkpointId: string): Promise<void> {
    return files.dropCheckpoint(this.#options.pathsOf(id), checkpointId);
  }

  prepareRestore(id: string, checkpointId: string | null): Promise<void> {
    const paths = this.#options.pathsOf(id);
    if (checkpointId === null) return files.takeBack(paths);
    const reserveBytes = this.#options.reserveBytes();
    return tellFullDisk('going back to a copy of a disk', () =>
      files.layReady(paths, { checkpointId, reserveBytes }),
    );
  }
}
