/** A way to give a learner a machine with Docker in it, all from the same tree, so that they can be compared. */
import type { HostProcess } from '../measure/process-memory.ts';

export interface ContenderMachine {
  /** Resolves when the Docker inside answers. */
  dockerReady: () => Promise<void>;
  /** Told from the outside, for its memory. */
  owns: (process: HostProcess) => boolean;
  destroy: () => Promise<void>;
}

export interface Contender {
  name: string;
  /** Resolves when a command in it has run. */
  start: () => Promise<ContenderMachine>;
  /** Processes that serve all machines together. */
  serves: (process: HostProcess) => boolean;
}
