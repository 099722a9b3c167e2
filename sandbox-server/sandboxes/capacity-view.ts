import type { Capacity } from '../../protocol/capacity.ts';
import type { CapacityView } from '../../protocol/sandbox-api.ts';
import type { SandboxEngine } from '../engine.ts';
import { expectedDiskBytes, expectedMemoryBytes } from './admission.ts';
import { meanFootprint } from './mean-footprint.ts';
import type { Sandbox } from './sandbox.ts';

export interface CapacityViewOptions {
  engine: SandboxEngine;
  capacity: Capacity;
  /** Learners', running or not. */
  sandboxes: readonly Sandbox[];
  /** Ready to be handed out. */
  warm: readonly Sandbox[];
}

/** How much is taken, what is left, and what one costs. */
export async function capacityView({
  engine,
  capacity,
  sandboxes,
  warm,
}: CapacityViewOptions): Promise<CapacityView> {
  const running = sandboxes.filter((sandbox) => sandbox.isRunning);
  const looked = [...running, ...warm].map(({ id }) => id);
  const [room, mean] = await Promise.all([engine.room(), meanFootprint(engine.looks, looked)]);
  return {
    capacity,
    running: running.length,
    warm: warm.length,
    stopped: sandboxes.length - running.length,
    mostKept: engine.mostKept,
    room,
    expected: { memoryBytes: expectedMemoryBytes, diskBytes: expectedDiskBytes },
    footprint: mean,
  };
}
