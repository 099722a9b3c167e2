/** Whether one more sandbox may run: counted, and by what the host really has left, so that none costs another its life. */
import { CodedError } from '../../protocol/errors.ts';
import type { Capacity } from '../../protocol/capacity.ts';
import type { HostRoom } from '../engine.ts';
import { UnderWay } from './under-way.ts';

/**
 * What a sandbox is taken to need before it shows in what the host has available: Docker idle takes 45 MB, the first
 * images and containers the rest. What learners use beyond that is seen in the next look.
 */
export const expectedMemoryBytes = 128 * 1024 ** 2;
/** Docker's own files, and an image. */
export const expectedDiskBytes = 256 * 1024 ** 2;

export interface Occupancy {
  /** Sandboxes whose processes run, warm ones included. */
  running: number;
  /** Being made or started, the one that asks included. */
  underWay: number;
}

const mend = 'stop one, or see what chrootcamp capacity says';
const mendDisk = 'free some of it, or see what chrootcamp capacity says';

/** Why one that is among those under way may not run, or null. */
export function refusal(
  { running, underWay }: Occupancy,
  capacity: Capacity,
  { memoryAvailableBytes, diskFreeBytes }: HostRoom,
): CodedError | null {
  const { most, memoryReserveBytes, diskReserveBytes } = capacity;
  if (running + underWay > most) {
    const found = `${running + underWay - 1} sandboxes run, the most there may be`;
    return new CodedError('SANDBOX_FULL', `${found}; ${mend}`);
  }
  const memory = memoryReserveBytes + underWay * expectedMemoryBytes;
  if (memoryAvailableBytes < memory) {
    const found = `the host has ${memoryAvailableBytes} bytes of memory available`;
    return new CodedError('MEMORY_TOO_SMALL', `${found}, and ${memory} are needed with its reserve; ${mend}`);
  }
  const disk = diskReserveBytes + underWay * expectedDiskBytes;
  if (diskFreeBytes < disk) {
    const found = `the host's disk has ${diskFreeBytes} bytes free`;
    return new CodedError('DISK_TOO_SMALL', `${found}, and ${disk} are needed with its reserve; ${mendDisk}`);
  }
  return null;
}

export interface AdmissionOptions {
  capacity: Capacity;
  room: () => Promise<HostRoom>;
  /** How many sandboxes' processes run, warm ones included. */
  running: () => number;
  /** Ends one that stands ready. False where none does. */
  giveUpOne: () => Promise<boolean>;
}

export class Admission {
  readonly #options: AdmissionOptions;
  /** Being made, started or handed out: not among those that run yet, or in nobody's hands. */
  readonly #underWay = new UnderWay();
  #isClosing = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  count<T>(work: () => Promise<T>): Promise<T> {
    return this.#underWay.count(work);
  }

  refuseWhileClosing(): void {
    if (this.#isClosing) throw new CodedError('SANDBOX_SERVER_DOWN', 'this server is ending; try again');
  }

  /**
   * Whoever asks is counted among those under way. What stands ready makes room for what is asked for. Throws
   * SANDBOX_FULL, MEMORY_TOO_SMALL, DISK_TOO_SMALL.
   */
  async admit({ inBackground }: { inBackground: boolean }): Promise<void> {
    const { room, capacity, running, giveUpOne } = this.#options;
    for (;;) {
      const hostRoom = await room();
      const refused = refusal({ running: running(), underWay: this.#underWay.size }, capacity, hostRoom);
      if (refused === null) return;
      if (inBackground || !(await giveUpOne())) throw refused;
    }
  }

  /** Nobody is let in any more. */
  close(): void {
    this.#isClosing = true;
  }

  /** Resolves when what is under way now has ended, whatever became of it. */
  settled(): Promise<void> {
    return this.#underWay.settled();
  }
}
