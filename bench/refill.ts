/** What a learner at work feels of machines that are made for the pool meanwhile. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchContext, BenchFigure } from '../bin/bench-module.ts';
import { accessPrivate, type SandboxServerAccess } from '../bin/sandbox-server-access.ts';
import { durations, timed } from './measure/figures.ts';

const machines = 8;
const pauseMs = 100;
const calmMs = 15_000;
const patienceMs = 180_000;

type Client = SandboxServerAccess['client'];

interface Felt {
  command: number[];
  container: number[];
}

/** Commands and containers of one learner until `isOver`. */
async function work(client: Client, id: string, signal: AbortSignal, isOver: () => boolean): Promise<Felt> {
  const felt: Felt = { command: [], container: [] };
  while (!isOver()) {
    for (let count = 0; count < 10 && !isOver(); count += 1) {
      await timed(felt.command, () => client.exec(id, { argv: ['/bin/ls', '/root'] }));
      await delay(pauseMs, undefined, { signal });
    }
    await timed(felt.container, () =>
      client.exec(id, { argv: ['docker', 'run', '--rm', 'busybox', 'true'] }),
    );
  }
  return felt;
}

async function whileFilling(client: Client, id: string, { signal, onStep }: BenchContext) {
  const start = performance.now();
  await client.resizePool(machines);
  let isFull = false;
  const filling = (async () => {
    while (!isFull && performance.now() - start < patienceMs) {
      isFull = (await client.pool()).ready >= machines;
      await delay(200, undefined, { signal });
    }
    isFull = true;
  })();
  onStep(`${machines} machines are made for the pool`);
  const felt = await work(client, id, signal, () => isFull);
  await filling;
  const { ready } = await client.pool();
  return { felt, ready, seconds: (performance.now() - start) / 1_000 };
}

function figures(when: string, { command, container }: Felt): BenchFigure[] {
  return [
    ...durations(`a command of one at work, ${when}`, command),
    ...durations(`a container of one at work, ${when}`, container),
  ];
}

export const bench: Bench = {
  summary: `what one at work feels while ${machines} machines are made for the pool`,
  async run(context) {
    const { layout, signal, onStep } = context;
    await using access = await accessPrivate(layout, signal);
    const { client } = access;
    const { id } = await client.create({});
    await client.view(id, { docker: 'wait' });
    await client.exec(id, { argv: ['docker', 'pull', '--quiet', 'busybox'] });
    onStep('work alone');
    const end = performance.now() + calmMs;
    const alone = await work(client, id, signal, () => performance.now() > end);
    const { felt, ready, seconds } = await whileFilling(client, id, context);
    return [
      ...figures('alone', alone),
      ...figures('while the pool is filled', felt),
      { name: 'machines made for the pool', value: ready, unit: '', reach: machines },
      { name: 'in', value: seconds, unit: 's' },
    ];
  },
};
