/** What an idle learner with Docker running costs in memory, all processes and our own share counted. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchContext, BenchFigure } from '../bin/bench-module.ts';
import { accessPrivate } from '../bin/sandbox-server-access.ts';
import { chrootcamp } from './contenders/chrootcamp.ts';
import type { Contender, ContenderMachine } from './contenders/contender.ts';
import { measureRivals } from './contenders/rivals.ts';
import { percentile } from './measure/percentile.ts';
import { availableMegabytes, hostProcesses, proportionalMegabytes } from './measure/process-memory.ts';

const machines = 20;
/** What starting used for a moment is given back meanwhile. */
const idleMs = 20_000;

async function idle(
  contender: Contender,
  { onStep, signal }: BenchContext,
  reach?: number,
): Promise<BenchFigure[]> {
  const before = availableMegabytes();
  const made: ContenderMachine[] = [];
  try {
    for (let count = 1; count <= machines; count += 1) {
      signal.throwIfAborted();
      onStep(`${contender.name}, machine ${count} of ${machines}`);
      const machine = await contender.start();
      made.push(machine);
      await machine.dockerReady();
    }
    onStep(`${contender.name}, ${idleMs / 1000} s of idleness`);
    await delay(idleMs, undefined, { signal });
    const host = (before - availableMegabytes()) / machines;
    const processes = hostProcesses();
    const pids = (owns: ContenderMachine['owns']) => processes.filter(owns).map(({ pid }) => pid);
    const each = made.map(({ owns }) => proportionalMegabytes(pids(owns)));
    const share = proportionalMegabytes(pids(contender.serves)) / machines;
    const figure = (name: string, value: number, aim?: number): BenchFigure => ({
      name: `${contender.name}: ${name}`,
      value,
      unit: 'MB',
      ...(aim === undefined ? {} : { reach: aim }),
    });
    return [
      figure('proportional memory of a machine, median', percentile(each, 0.5)),
      figure('the same, p95', percentile(each, 0.95)),
      figure(`share of what serves all ${machines}`, share),
      figure('an idle learner altogether', percentile(each, 0.5) + share, reach),
      figure('what the host has less, each', host),
    ];
  } finally {
    await Promise.all(made.map((machine) => machine.destroy()));
  }
}

export const bench: Bench = {
  summary: `memory of an idle learner with Docker up, ${machines} at once; beside docker, podman and incus`,
  async run(context) {
    const figures: BenchFigure[] = [];
    {
      await using access = await accessPrivate(context.layout, context.signal);
      figures.push(...(await idle(chrootcamp(access), context, 45)));
    }
    return [...figures, ...(await measureRivals(context, (rival) => idle(rival, context)))];
  },
};
