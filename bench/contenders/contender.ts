/** A way to give a learner a machine with Docker in it, all from the same tree, so that they can be compared. */
import type { HostProcess } from '../measure/process-memory.ts';

export interface ContenderMachine {
  /** Resolves when the Docker inside answers. */
  dockerReady: () => Promise<void>;
  /** Told from the outside, for its memory. */
  owns: (process: HostProcess) => boolean;
  destroy: () => Promise<void>;
}

export interface Contender extends AsyncDisposable {
  name: string;
  /** Resolves when a command in it has run. */
  start: () => Promise<ContenderMachine>;
  /** Processes that serve all machines together. */
  serves: (process: HostProcess) => boolean;
}

export interface ContenderOptions {
  /** Root filesystem of every machine. */
  treePath: string;
  signal: AbortSignal;
}

/** In words, and the command that would make it possible. */
export interface Absent {
  name: string;
  absent: string;
}

export function isAbsent(one: Contender | Absent): one is Absent {
  return 'absent' in one;
}
