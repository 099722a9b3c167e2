/**
 * How many machines with Docker up this computer carries at once, and what breaks first: `node tests/load/crowd.ts 200`.
 * Makes them, asks a Docker command of some, and takes all away again. Prints one JSON object. As root; bounded by its number.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { RunningSandboxServer } from '../running-sandbox-server.ts';
import { leftoversOf } from '../sandbox/leftovers.ts';

const count = Number(process.argv[2] ?? 30);
const atOnce = Number(process.argv[3] ?? 4);
const asked = 10;

const memoryAvailable = (): number =>
  Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1]) * 1024;

/** Runs `work` for each, some at a time; what failed, by message. */
async function forEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<Record<string, number>> {
  const faults: Record<string, number> = {};
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item).catch((error: unknown) => {
        const { message } = error as Error;
        faults[message] = (faults[message] ?? 0) + 1;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return faults;
}

await using server = await RunningSandboxServer.start({
  capacity: { most: count },
  config: { idRanges: count + 16 },
});
const before = { leftovers: leftoversOf(server), memory: memoryAvailable() };
const ids: string[] = [];
let ready = 0;
const startMs = performance.now();
const making = await forEach(
  Array.from({ length: count }, (_, index) => index),
  async () => {
    const { id } = await server.client.create({});
    ids.push(id);
    const { docker } = await server.client.view(id, { docker: 'wait' });
    if (docker !== 'ready') throw new Error(`Docker is ${docker}`);
    ready += 1;
    if (ready % 20 === 0)
      process.stderr.write(`${ready} ready, ${Math.round((performance.now() - startMs) / 1000)} s\n`);
  },
);
const madeMs = performance.now() - startMs;
const memory = memoryAvailable();
const works = await forEach(
  ids.filter((_, index) => index % Math.ceil(ids.length / asked) === 0),
  async (id) => {
    const { output } = await server.run(id, 'docker run --rm busybox echo works');
    if (!/^works$/m.test(output)) throw new Error(output.slice(-300));
  },
);
const relay = readdirSync('/proc').find((pid) => {
  try {
    return (
      /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(`${server.runtimeDir}/gw`)
    );
  } catch {
    return false;
  }
});
const destroyStart = performance.now();
const destroying = await forEach(ids, (id) => server.client.destroy(id));
const result = {
  asked: count,
  ready,
  making,
  works,
  destroying,
  secondsToMakeAll: Math.round(madeMs / 1000),
  secondsToDestroyAll: Math.round((performance.now() - destroyStart) / 1000),
  memoryPerMachineMB: Math.round((before.memory - memory) / Math.max(1, ready) / 1e5) / 10,
  relayFds: relay === undefined ? null : readdirSync(`/proc/${relay}/fd`).length,
  leftBehind:
    JSON.stringify(leftoversOf(server)) === JSON.stringify(before.leftovers) ? null : leftoversOf(server),
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
