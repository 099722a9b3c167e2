import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CodedError } from '../../protocol/errors.ts';
import { fleetOn, MemoryEngine, untilReady } from './memory-engine.fixture.ts';

const wish = { network: 'packages', limits: {} } as const;
const full = expect.objectContaining({ code: 'SANDBOX_FULL' });

test('whatever happens at once, no two are given the same, and never more run than may', async () => {
  const step = fc.constantFrom('create', 'create', 'create', 'destroy', 'stop', 'start', 'kill', 'resize');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 8 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 1, max: 6 }),
      async (rounds, warm, most) => {
        const engine = new MemoryEngine();
        await using fleet = fleetOn(engine, { warm, most });
        fleet.refill();
        const given: string[] = [];
        const isExpected = (error: unknown): void => {
          if (!(error instanceof CodedError && ['SANDBOX_FULL', 'SANDBOX_GONE'].includes(error.code)))
            throw error;
        };
        for (const [index, steps] of rounds.entries()) {
          const work = steps.map(async (name, nth) => {
            const id = given[nth];
            if (name === 'create') given.push((await fleet.create(wish)).id);
            else if (name === 'resize') await fleet.resizePool(index % 4);
            else if (name === 'kill')
              [...engine.sandboxes.values()].forEach((held) => (held.alive &&= held.claimed));
            else if (id === undefined) return;
            else if (name === 'destroy') await fleet.destroy(id);
            else if (name === 'stop') await fleet.get(id).stop();
            else await fleet.start(id);
          });
          for (const end of await Promise.allSettled(work))
            if (end.status === 'rejected') isExpected(end.reason);
        }
        expect(new Set(given).size).toBe(given.length);
        expect(engine.claims.length).toBe(new Set(engine.claims).size);
        expect(engine.peak).toBeLessThanOrEqual(most);
      },
    ),
    { numRuns: 150 },
  );
});

test('of many who come at once the first have Docker at once, the others theirs in a line; all have it', async () => {
  const engine = new MemoryEngine();
  const gate = Promise.withResolvers<void>();
  engine.dockerGate = gate.promise;
  await using fleet = fleetOn(engine, { warm: 0, most: 60 });
  const sandboxes = await Promise.all(Array.from({ length: 40 }, () => fleet.create(wish)));
  expect(engine.sandboxes.get(sandboxes[0]!.id)).toMatchObject({ docker: true });
  const apart = sandboxes.filter(({ id }) => !engine.sandboxes.get(id)?.docker);
  expect(apart.length).toBeGreaterThan(0);
  gate.resolve();
  const views = await Promise.all(sandboxes.map((one) => one.view({ docker: 'wait' })));
  expect(views.every(({ docker }) => docker === 'ready')).toBe(true);
  expect(engine.dockerStarts).toEqual(expect.arrayContaining(apart.map(({ id }) => id)));
  // Whoever comes alone waits for no line.
  const { id } = await fleet.create(wish);
  expect(engine.sandboxes.get(id)).toMatchObject({ docker: true });
});

test('a view that does not ask Docker waits for no Docker that is busy', async () => {
  const engine = new MemoryEngine();
  await using fleet = fleetOn(engine, { warm: 0 });
  const sandbox = await fleet.create(wish);
  expect(await sandbox.view({ docker: 'wait' })).toMatchObject({ docker: 'ready' });
  const gate = Promise.withResolvers<void>();
  engine.dockerGate = gate.promise;
  expect(await sandbox.view({ docker: 'unasked' })).toMatchObject({ status: 'running', docker: 'ready' });
  gate.resolve();
});

test('a full house refuses by its code; a stopped one makes room, and must itself find room again', async () => {
  const engine = new MemoryEngine();
  await using fleet = fleetOn(engine, { warm: 0, most: 2 });
  const [first] = [await fleet.create(wish), await fleet.create(wish)];
  await expect(fleet.create(wish)).rejects.toThrow(full);
  await first.stop();
  const third = await fleet.create(wish);
  await expect(fleet.start(first.id)).rejects.toThrow(full);
  await fleet.destroy(third.id);
  expect((await fleet.start(first.id)).isRunning).toBe(true);
});

test('what stands ready gives way to what is asked for', async () => {
  const engine = new MemoryEngine();
  await using fleet = fleetOn(engine, { warm: 1, most: 1 });
  fleet.refill();
  await untilReady(fleet, 1);
  const sandbox = await fleet.create({ network: 'none', limits: {} });
  expect([...engine.sandboxes.keys()]).toEqual([sandbox.id]);
});

test('the pool stops growing where there is no room, says why, and makes the server no less well', async () => {
  const engine = new MemoryEngine();
  await using fleet = fleetOn(engine, { warm: 5, most: 2 });
  fleet.refill();
  await untilReady(fleet, 2);
  await expect.poll(() => fleet.pool.reason).toMatch(/2 sandboxes run, the most there may be/);
  expect(fleet.lastFault).toBeNull();
});

test('memory the host does not have is not given', async () => {
  const engine = new MemoryEngine();
  await using fleet = fleetOn(engine, { warm: 0 });
  engine.hostRoom = { ...engine.hostRoom, memoryAvailableBytes: 1024 ** 3 };
  await expect(fleet.create(wish)).rejects.toMatchObject({ code: 'MEMORY_TOO_SMALL' });
});
