/** Made and destroyed over and over: nothing adds up, on the host or in the server. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from './leftovers.ts';

const cycles = 50;
let server: RunningSandboxServer;
beforeAll(async () => {
  server = await RunningSandboxServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

test(`${cycles} times create, use, destroy: back to the start`, { timeout: 400_000 }, async () => {
  const openDescriptors = () => readdirSync(`/proc/${server.pid}/fd`).length;
  async function cycle(): Promise<void> {
    const { id } = await server.client.create({});
    const { id: terminalId } = await server.client.openTerminal(id, { cols: 80, rows: 24 });
    expect((await server.run(id, 'echo used')).output).toBe('used\n');
    expect(await server.client.readFile(id, { path: '/etc/hostname', maxBytes: 10 })).toMatchObject({
      outcome: 'found',
    });
    await server.client.closeTerminal(id, terminalId);
    await server.client.destroy(id);
  }
  // Once for what is loaded at first use.
  await cycle();
  await expect.poll(() => leftoversOf(server).runtimeFiles).toEqual([]);
  const before = { ...leftoversOf(server), openDescriptors: openDescriptors() };
  // More than there are id ranges (16), so leases must come back; two at a time, as learners come.
  for (let done = 0; done < cycles; done += 2) await Promise.all([cycle(), cycle()]);
  await expect
    .poll(() => ({ ...leftoversOf(server), openDescriptors: openDescriptors() }), { timeout: 10_000 })
    .toEqual(before);
});
