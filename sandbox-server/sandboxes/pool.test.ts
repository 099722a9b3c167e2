import { expect, test, vi } from 'vitest';
import { fleetOn, MemoryEngine, untilReady } from './memory-engine.fixture.ts';

const wish = { network: 'packages', limits: {} } as const;

test('the pool is filled, and refilled when one was given', async () => {
  const engine = new MemoryEngine();
  await using fleet = fleetOn(engine, { warm: 3 });
  fleet.refill();
  await untilReady(fleet, 3);
  expect([...engine.sandboxes.values()].every(({ background }) => background)).toBe(true);
  const { id } = await fleet.create(wish);
  expect(engine.claims).toEqual([id]);
  await untilReady(fleet, 3);
});

test('whoever comes while one is being made is given that one', async () => {
  const engine = new MemoryEngine();
  const gate = Promise.withResolvers<void>();
  engine.gate = gate.promise;
  await using fleet = fleetOn(engine, { warm: 1 });
  fleet.refill();
  await expect.poll(() => fleet.pool.making).toBe(1);
  const asked = fleet.create(wish);
  gate.resolve();
  const { id } = await asked;
  await untilReady(fleet, 1);
  expect(engine.sandboxes.get(id)).toMatchObject({ background: true, claimed: true });
  expect(engine.sandboxes.size).toBe(2);
});

test('while learners work on a busy host the next one waits; where nobody works it does not', async () => {
  const engine = new MemoryEngine();
  engine.isHostBusy = true;
  await using fleet = fleetOn(engine, { warm: 2 });
  fleet.refill();
  await untilReady(fleet, 2);
  await fleet.create(wish);
  await new Promise((resolve) => setImmediate(resolve));
  expect(fleet.pool).toMatchObject({ ready: 1, making: 0 });
  engine.isHostBusy = false;
  await vi.waitFor(() => expect(fleet.pool.ready).toBe(2), { timeout: 10_000 });
});

test('one that died while it waited is not handed out', async () => {
  const engine = new MemoryEngine();
  await using fleet = fleetOn(engine, { warm: 2 });
  fleet.refill();
  await untilReady(fleet, 2);
  const [dead] = engine.sandboxes.keys();
  (engine.sandboxes.get(dead as string) as { alive: boolean }).alive = false;
  expect((await fleet.create(wish)).id).not.toBe(dead);
  expect(engine.sandboxes.has(dead as string)).toBe(false);
});

test('one that dies is replaced although nobody comes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const engine = new MemoryEngine();
    await using fleet = fleetOn(engine, { warm: 1 });
    fleet.refill();
    await untilReady(fleet, 1);
    const [dead] = engine.sandboxes.keys();
    (engine.sandboxes.get(dead as string) as { alive: boolean }).alive = false;
    vi.advanceTimersByTime(6_000);
    await vi.waitFor(
      () => expect([fleet.pool.ready, engine.sandboxes.has(dead as string)]).toEqual([1, false]),
      { timeout: 10_000 },
    );
  } finally {
    vi.useRealTimers();
  }
});

const setDocker = (engine: MemoryEngine, id: string | undefined, docker: boolean) =>
  Object.assign(engine.sandboxes.get(id as string) as object, { docker });

test('one whose Docker does not come up is no warm one; another is made, and the pool says why', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const engine = new MemoryEngine();
    engine.makesWithoutDocker = 1;
    await using fleet = fleetOn(engine, { warm: 1 });
    fleet.refill();
    await vi.waitFor(() => expect(engine.running).toBe(1));
    vi.setSystemTime(Date.now() + 31_000);
    await vi.waitFor(() => expect(fleet.pool.reason).toMatch(/Docker did not come up/));
    expect([fleet.pool.ready, engine.running]).toEqual([0, 0]);
    fleet.refill();
    await untilReady(fleet, 1);
    expect([...engine.sandboxes.values()]).toMatchObject([{ docker: true }]);
  } finally {
    vi.useRealTimers();
  }
});

test('one whose Docker died is not handed out, and is replaced where it does not come back', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const engine = new MemoryEngine();
    await using fleet = fleetOn(engine, { warm: 3 });
    fleet.refill();
    await untilReady(fleet, 3);
    const [lame, slow, good] = [...engine.sandboxes.keys()];
    setDocker(engine, lame, false);
    setDocker(engine, slow, false);
    await vi.advanceTimersByTimeAsync(6_000);
    expect((await fleet.create(wish)).id).toBe(good);
    setDocker(engine, slow, true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(engine.sandboxes.has(lame as string)).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    await vi.waitFor(() => expect(engine.sandboxes.has(lame as string)).toBe(false));
    expect((await fleet.create(wish)).id).toBe(slow);
    await untilReady(fleet, 3);
  } finally {
    vi.useRealTimers();
  }
});

test('where all that wait lack Docker, a new one is made; the lame give way first', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const engine = new MemoryEngine();
    await using fleet = fleetOn(engine, { warm: 1, most: 1 });
    fleet.refill();
    await untilReady(fleet, 1);
    const [lame] = engine.sandboxes.keys();
    setDocker(engine, lame, false);
    await vi.advanceTimersByTimeAsync(6_000);
    expect((await fleet.create(wish)).id).not.toBe(lame);
    expect(engine.sandboxes.has(lame as string)).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test('ending waits for no Docker of the pool', async () => {
  const engine = new MemoryEngine();
  const gate = Promise.withResolvers<void>();
  engine.dockerGate = gate.promise;
  const fleet = fleetOn(engine, { warm: 1 });
  fleet.refill();
  await vi.waitFor(() => expect(engine.running).toBe(1));
  await fleet[Symbol.asyncDispose]();
  expect(engine.running).toBe(1);
  gate.resolve();
});

test('after a restart the same ones wait, and a size that was set holds', async () => {
  const engine = new MemoryEngine();
  const before = fleetOn(engine, { warm: 1 });
  await before.resizePool(3);
  await untilReady(before, 3);
  const ids = [...engine.sandboxes.keys()];
  await before[Symbol.asyncDispose]();
  await using after = fleetOn(engine, { warm: 1 }, 3);
  await after.recover();
  after.refill();
  expect([...engine.sandboxes.keys()]).toEqual(ids);
  expect(after.pool).toMatchObject({ size: 3, ready: 3 });
  await after.resizePool(null);
  expect(after.pool).toMatchObject({ size: 1, ready: 1 });
});
