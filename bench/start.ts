/** How fast a machine is there: cold, warm, gone again, and back at a checkpoint; beside what people use instead. */
import type { Bench, BenchContext, BenchFigure } from '../bin/bench-module.ts';
import { accessPrivate } from '../bin/sandbox-server-access.ts';
import { chrootcamp } from './contenders/chrootcamp.ts';
import type { Contender } from './contenders/contender.ts';
import { measureRivals } from './contenders/rivals.ts';
import { durations, timed } from './measure/figures.ts';

const rounds = 20;
const reach = { shell: { p95: 400 }, docker: { p95: 1_800 }, destroy: { p95: 300 } };

async function coldStarts(
  contender: Contender,
  { onStep, signal }: BenchContext,
  aims: Partial<typeof reach>,
): Promise<BenchFigure[]> {
  const [shell, docker, destroy]: [number[], number[], number[]] = [[], [], []];
  for (let round = 1; round <= rounds; round += 1) {
    signal.throwIfAborted();
    onStep(`${contender.name}, ${round} of ${rounds}`);
    const start = performance.now();
    const machine = await contender.start();
    try {
      shell.push(performance.now() - start);
      await machine.dockerReady();
      docker.push(performance.now() - start);
    } finally {
      await timed(destroy, () => machine.destroy());
    }
  }
  return [
    ...durations(`${contender.name}: cold, to a command done in it`, shell, aims.shell),
    ...durations(`${contender.name}: cold, to Docker ready`, docker, aims.docker),
    ...durations(`${contender.name}: destroyed`, destroy, aims.destroy),
  ];
}

async function warmHandOuts({ layout, onStep, signal }: BenchContext): Promise<BenchFigure[]> {
  await using access = await accessPrivate(layout, signal, { warm: 1 });
  const { client } = access;
  const handOut: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    onStep(`warm, ${round} of ${rounds}`);
    while ((await client.health()).warm === 0) signal.throwIfAborted();
    const { id } = await timed(handOut, () => client.create({}));
    await client.destroy(id);
  }
  return durations('chrootcamp: warm, handed out', handOut, { p95: 150 });
}

async function checkpoints({ layout, onStep, signal }: BenchContext): Promise<BenchFigure[]> {
  await using access = await accessPrivate(layout, signal);
  const { client } = access;
  const { id } = await client.create({});
  await client.view(id, { docker: 'wait' });
  await client.exec(id, { argv: ['docker', 'pull', '--quiet', 'nginx'] });
  const [take, restore, docker]: [number[], number[], number[]] = [[], [], []];
  for (let round = 1; round <= rounds; round += 1) {
    signal.throwIfAborted();
    onStep(`checkpoints, ${round} of ${rounds}`);
    const taken = await timed(take, () => client.checkpoint(id));
    const start = performance.now();
    await timed(restore, () => client.restore(id, taken.id));
    await client.view(id, { docker: 'wait' });
    docker.push(performance.now() - start);
    await client.dropCheckpoint(id, taken.id);
  }
  return [
    ...durations('chrootcamp: checkpoint taken, with an image on the disk', take),
    ...durations('chrootcamp: back at it, to a shell', restore, { p95: 3_000 }),
    ...durations('chrootcamp: back at it, to Docker ready', docker),
  ];
}

export const bench: Bench = {
  summary: 'a machine: cold, warm, destroyed, checkpoint and back; beside docker, podman and incus',
  async run(context) {
    const figures: BenchFigure[] = [];
    {
      await using access = await accessPrivate(context.layout, context.signal);
      figures.push(...(await coldStarts(chrootcamp(access), context, reach)));
    }
    figures.push(...(await warmHandOuts(context)), ...(await checkpoints(context)));
    const others = await measureRivals(context, (rival) => coldStarts(rival, context, {}));
    return [...figures, ...others];
  },
};
