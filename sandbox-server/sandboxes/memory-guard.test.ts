import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { UsageReading } from '../engine.ts';
import { fleetOn, MemoryEngine } from './memory-engine.fixture.ts';
import { MemoryGuard } from './memory-guard.ts';
import type { Sandbox } from './sandbox.ts';

const wish = { network: 'packages', limits: {} } as const;
const GiB = 1024 ** 3;

/** Machines of which each has worked so much more, in milliseconds, whenever it is asked. */
async function machines(worked: number[]) {
  const engine = new MemoryEngine();
  const fleet = fleetOn(engine, { warm: 0 });
  const sandboxes: Sandbox[] = [];
  for (const _ of worked) sandboxes.push(await fleet.create(wish));
  const cpuMs = new Map<string, number>();
  const read = async (id: string) => {
    if (!engine.isRunning(id)) throw new Error('does not run');
    const more = worked[sandboxes.findIndex((sandbox) => sandbox.id === id)] ?? 0;
    cpuMs.set(id, (cpuMs.get(id) ?? 1_000_000) + more);
    return { cpuMs: cpuMs.get(id) } as UsageReading;
  };
  const guard = new MemoryGuard({
    engine: { room: engine.room, usage: { read } },
    running: () => fleet.all.filter((sandbox) => sandbox.isRunning),
    reserveBytes: 1.5 * GiB,
    log: pino({ level: 'silent' }),
  });
  const running = () => sandboxes.map((sandbox) => sandbox.isRunning);
  return { engine, fleet, guard, running };
}

test('when the memory that must stay available is mostly gone, the machine that works the most is ended', async () => {
  const { engine, fleet, guard, running } = await machines([5, 200, 10]);
  await using _fleet = fleet;
  using _guard = guard;
  engine.hostRoom = { ...engine.hostRoom, memoryAvailableBytes: GiB };
  await guard.look();
  expect(running()).toEqual([true, true, true]);
  engine.hostRoom = { ...engine.hostRoom, memoryAvailableBytes: GiB / 8 };
  // It takes on to its end.
  engine.onStop = () => (engine.hostRoom = { ...engine.hostRoom, memoryAvailableBytes: GiB / 12 });
  await guard.look();
  expect(running()).toEqual([true, false, true]);
  expect(await fleet.all[1]?.view()).toMatchObject({ status: 'stopped', endedFor: 'HOST_MEMORY_TAKEN' });
  // What it gives back takes its time.
  await guard.look();
  expect(running()).toEqual([true, false, true]);
  // Others take ever more.
  engine.hostRoom = { ...engine.hostRoom, memoryAvailableBytes: GiB / 32 };
  await guard.look();
  expect(running()).toEqual([true, false, false]);
  engine.hostRoom = { ...engine.hostRoom, memoryAvailableBytes: GiB };
  await guard.look();
  expect(running()).toEqual([true, false, false]);
});

test('whom to end is asked by itself, twice a second, and of nobody where none runs', async () => {
  const { engine, fleet, guard, running } = await machines([1]);
  await using _fleet = fleet;
  using _guard = guard;
  engine.hostRoom = { ...engine.hostRoom, memoryAvailableBytes: 0 };
  await expect.poll(running).toEqual([false]);
  await guard.look();
});
