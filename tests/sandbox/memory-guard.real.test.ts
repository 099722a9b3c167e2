/** A learner takes memory of the host's kernel that no cgroup is charged for; the guard finds and ends that machine. */
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostRoom } from '../../sandbox-server/engines/runc/host-room.ts';
import type { UsageReading } from '../../sandbox-server/engine.ts';
import { MemoryGuard } from '../../sandbox-server/sandboxes/memory-guard.ts';
import { RunningSandboxServer } from '../running-sandbox-server.ts';

const MiB = 1024 ** 2;
let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

test('who floods the table of neighbours is ended before the host is, and gives it all back; the others work on', async () => {
  const { client } = server;
  const [attacker, neighbour] = [await server.sandbox(), await server.sandbox()];
  const room = () => hostRoom('/');
  const { memoryAvailableBytes: before } = await room();
  // As if the host had 200 MiB more than its last share: so much is taken for the test, and no more.
  using _guard = new MemoryGuard({
    engine: {
      room,
      usage: { read: async (id) => (await client.usage(id)) as unknown as UsageReading },
    },
    running: () => [attacker, neighbour].map((id) => ({ id, end: async () => void (await client.stop(id)) })),
    reserveBytes: 6 * (before - 200 * MiB),
    log: pino({ level: 'silent' }),
  });
  const flood = String.raw`perl -e 'for my $n (0 .. 1 << 20) { printf "neigh replace 10.%d.%d.%d lladdr 2:0:0:0:0:1 dev eth0 nud permanent\n", $n >> 16, $n >> 8 & 255, $n & 255 }' | ip -batch -`;
  const attack = server.run(attacker, flood).catch(() => undefined);
  await expect.poll(async () => (await client.view(attacker)).status).toBe('stopped');
  await attack;
  expect((await client.view(neighbour)).status).toBe('running');
  expect((await server.run(neighbour, 'echo here')).output).toBe('here\n');
  await expect.poll(async () => (await room()).memoryAvailableBytes).toBeGreaterThan(before - 150 * MiB);
});
