/** Made and destroyed over and over: nothing adds up, on the host, in the server or in its relay. `test:cycles` does more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { cycles } from './cycle.ts';
import { heldResources, ofLeasedIds } from './held-resources.ts';

/** More than there are id ranges (16), so leases must come back. */
const count = 50;
let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server?.[Symbol.asyncDispose]());

test(`${count} times create, use, destroy: back to the start`, { timeout: 400_000 }, async () => {
  // First what is loaded at first use.
  await cycles(server, { count: 2, parallel: 2 });
  await expect.poll(() => ofLeasedIds(server), { timeout: 30_000 }).toEqual({ processes: 0, keyUsers: 0 });
  const before = heldResources(server);
  await cycles(server, { count, parallel: 2 });
  await expect.poll(() => heldResources(server), { timeout: 30_000 }).toEqual(before);
});
