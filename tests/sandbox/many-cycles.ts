/**
 * `npm run test:cycles -- [COUNT] [PARALLEL]`: so many sandboxes made, used and destroyed (1,000, 4 at a time), and then
 * every resource of the host counted again. Ends with 1 where anything of it is more than before.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { cycles } from './cycle.ts';
import { ofLeasedIds, heldResources, kernelObjects, privateMegabytes, relayPid } from './held-resources.ts';

const [count, parallel] = [Number(process.argv[2] ?? 1_000), Number(process.argv[3] ?? 4)];
/** Node's heap settles somewhere; beyond this it is a leak. Four fifths of the cycles run after the first look. */
const mostGrowthMegabytes = 40;
/** Kernel objects that others on this host make and end meanwhile. */
const mostDisturbance = 200;
const settleMs = 10_000;

function memory(server: RunningSandboxServer) {
  return { server: privateMegabytes(server.pid), relay: privateMegabytes(relayPid(server)) };
}

/** Held resources as counts; the lists themselves are told where they differ. */
function counted(resources: ReturnType<typeof heldResources>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(resources).map(([name, value]) => [name, Array.isArray(value) ? value.length : value]),
  );
}

async function settled(server: RunningSandboxServer, before: ReturnType<typeof heldResources>) {
  let now = heldResources(server);
  for (const deadline = Date.now() + settleMs; Date.now() < deadline; now = heldResources(server)) {
    if (isDeepStrictEqual(now, before)) break;
    await delay(100);
  }
  return now;
}

const server = await RunningSandboxServer.start();
const startedAt = Date.now();
const onDone = (done: number) => {
  if (done % 50 !== 0) return;
  const { server: mine, relay } = memory(server);
  const held = `server ${mine.toFixed(0)} MB, relay ${relay.toFixed(0)} MB`;
  process.stderr.write(`${done} of ${count}, ${Math.round((Date.now() - startedAt) / 1000)} s, ${held}\n`);
};
async function measure(): Promise<boolean> {
  const warmUp = Math.ceil(count / 5);
  await cycles(server, { count: 4, parallel });
  // The kernel reaps the last processes, and what was theirs, a moment after.
  while (ofLeasedIds(server).processes + ofLeasedIds(server).keyUsers > 0) await delay(50);
  const before = heldResources(server);
  const kernelBefore = kernelObjects();
  await cycles(server, { count: warmUp, parallel });
  const memoryBefore = memory(server);
  await cycles(server, { count: count - warmUp, parallel, onDone: (done) => onDone(done + warmUp) });
  const after = await settled(server, before);
  const memoryAfter = memory(server);
  const kernelAfter = kernelObjects();

  const rows = [
    ...Object.entries(counted(after)).map(([name, value]) => [name, counted(before)[name], value]),
    ...Object.entries(memoryAfter).map(([name, value]) => [
      `${name}, private MB (before: after ${warmUp})`,
      memoryBefore[name as 'server'].toFixed(1),
      value.toFixed(1),
    ]),
    ...Object.entries(kernelAfter).map(([name, value]) => [`whole host: ${name}`, kernelBefore[name], value]),
  ];
  process.stdout.write(`${count} sandboxes made, used and destroyed, ${parallel} at a time\n`);
  for (const [name, was, is] of rows)
    process.stdout.write(`${String(name).padEnd(42)} ${String(was).padStart(8)} ${String(is).padStart(8)}\n`);

  const grown = Object.entries(memoryAfter).filter(
    ([name, value]) => value - memoryBefore[name as 'server'] > mostGrowthMegabytes,
  );
  const kernelGrown = Object.entries(kernelAfter).filter(
    ([name, value]) => value - (kernelBefore[name] ?? 0) > Math.max(count / 2, mostDisturbance),
  );
  if (!isDeepStrictEqual(after, before))
    process.stdout.write(`${JSON.stringify({ before, after }, null, 1)}\n`);
  const clean = isDeepStrictEqual(after, before) && grown.length === 0 && kernelGrown.length === 0;
  process.stdout.write(clean ? 'Nothing is left.\n' : 'Something is left.\n');
  return clean;
}

try {
  if (!(await measure())) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\nIts log ends with:\n${server.log.slice(-4_000)}\n`);
  process.exitCode = 1;
}
await server[Symbol.asyncDispose]();
