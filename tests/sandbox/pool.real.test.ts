/** Machines kept ready: how they are made, handed out, and found again. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectCgroupHost } from '../../sandbox-server/engines/runc/cgroup/detect.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

const patience = { timeout: 60_000 };

/** Null where the kernel has no such file. */
async function fileOf(
  server: RunningSandboxServer,
  id: string,
  { controller, file }: { controller: string; file: string },
): Promise<string | null> {
  const host = await detectCgroupHost();
  const hierarchy = host.hierarchies.find(
    ({ controllers }) => host.version === 'v2' || controllers.includes(controller),
  );
  if (hierarchy === undefined) return null;
  const path = join(hierarchy.mountPoint, `chrootcamp-t${server.instance}`, id, file);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

/** As a share of 100, whatever the hierarchy counts in. */
async function weightOf(server: RunningSandboxServer, id: string): Promise<number> {
  const weight = await fileOf(server, id, { controller: 'cpu', file: 'cpu.weight' });
  if (weight !== null) return Number(weight);
  const shares = await fileOf(server, id, { controller: 'cpu', file: 'cpu.shares' });
  return Math.round((Number(shares) * 100) / 1024);
}

/** What this kernel can weigh by: BFQ on v1 and v2, iocost on v2, CFQ of old; none where all were left out of it. */
async function ioWeightsOf(server: RunningSandboxServer, id: string): Promise<number[]> {
  const files = ['blkio.bfq.weight', 'blkio.weight', 'io.bfq.weight', 'io.weight'];
  const texts = await Promise.all(files.map((file) => fileOf(server, id, { controller: 'blkio', file })));
  return texts.filter((text) => text !== null).map((text) => Number(text.replace('default ', '')));
}

const stateOf = (server: RunningSandboxServer, id: string) =>
  JSON.parse(readFileSync(join(server.stateDir, id, 'sandbox.json'), 'utf8')) as { pooled: boolean };

test('what waits weighs little, what was handed out its due; a restart gives the same ones', async () => {
  await using server = await RunningSandboxServer.start();
  expect(await server.client.resizePool(2)).toMatchObject({ size: 2 });
  await expect.poll(async () => (await server.client.pool()).ready, patience).toBe(2);
  const warm = () =>
    readdirSync(server.stateDir).filter(
      (name) => /^[a-z0-9]{12}$/.test(name) && stateOf(server, name).pooled,
    );
  const ids = warm();
  const all = (weights: number[], weight: number) => expect(weights).toEqual(weights.map(() => weight));
  for (const id of ids) {
    expect(await weightOf(server, id)).toBe(10);
    all(await ioWeightsOf(server, id), 10);
  }
  await server.kill();
  await server.launch();
  expect(await server.client.pool()).toMatchObject({ size: 2, ready: 2 });
  expect(warm()).toEqual(ids);
  const [first, second] = await Promise.all([server.client.create({}), server.client.create({})]);
  expect([first.id, second.id].toSorted()).toEqual(ids.toSorted());
  for (const id of ids) {
    expect(await weightOf(server, id)).toBe(100);
    all(await ioWeightsOf(server, id), 100);
  }
  expect(await server.client.resizePool(null)).toMatchObject({ size: 0 });
});

test('more than may run is refused by its code; one that is stopped makes room', async () => {
  await using server = await RunningSandboxServer.start({ capacity: { most: 2 } });
  const [first] = await Promise.all([server.client.create({}), server.client.create({})]);
  await expect(server.client.create({})).rejects.toMatchObject({ code: 'SANDBOX_FULL' });
  const kept = await server.client.checkpoint(first.id);
  await server.client.stop(first.id);
  await server.client.create({});
  const restoring = server.client.restore(first.id, kept.id);
  await expect(restoring).rejects.toMatchObject({ code: 'SANDBOX_FULL' });
  await expect(server.client.start(first.id)).rejects.toMatchObject({ code: 'SANDBOX_FULL' });
  expect(await server.client.health()).toMatchObject({ status: 'ok', running: 2, stopped: 1 });
});

test('a host without memory to spare gives no machine, and says so', async () => {
  await using server = await RunningSandboxServer.start({ capacity: { memoryReserveBytes: 2 ** 50 } });
  await expect(server.client.create({})).rejects.toMatchObject({
    code: 'MEMORY_TOO_SMALL',
    message: expect.stringContaining('bytes of memory available'),
  });
});

test('what a machine costs is read from one that runs', async () => {
  await using server = await RunningSandboxServer.start({ capacity: { most: 7 } });
  expect(await server.client.capacity()).toMatchObject({
    running: 0,
    footprint: null,
    capacity: { most: 7 },
  });
  const id = await server.sandbox();
  const { footprint, room, ...counts } = await server.client.capacity();
  expect(counts).toMatchObject({ running: 1, warm: 0, stopped: 0, mostKept: 16 });
  expect(footprint).toMatchObject({ sampled: 1 });
  // dockerd and containerd alone have more than ten; a shell opened beside them costs more.
  expect(footprint?.memoryBytes).toBeGreaterThan(10 * 1024 ** 2);
  expect(room.memoryAvailableBytes).toBeGreaterThan(0);
  void server.run(id, 'sleep 1000 & sleep 1000 & sleep 1000', 1_001_000).catch(() => undefined);
  const processes = footprint?.processes ?? 0;
  await expect
    .poll(async () => (await server.client.capacity()).footprint?.processes ?? 0)
    .toBeGreaterThanOrEqual(processes + 3);
});
