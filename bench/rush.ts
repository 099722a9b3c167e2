/** A class that comes at once: 30 who open their machine in the same moment, with none kept warm. */
import type { Bench } from '../bin/bench-module.ts';
import { accessPrivate } from '../bin/sandbox-server-access.ts';
import { durations } from './measure/figures.ts';

const learners = 30;

export const bench: Bench = {
  summary: `${learners} learners come in the same moment, and no machine is warm`,
  async run({ layout, signal, onStep }) {
    await using access = await accessPrivate(layout, signal);
    const { client } = access;
    const times = { shell: [] as number[], docker: [] as number[] };
    onStep(`${learners} come`);
    const start = performance.now();
    const ends = await Promise.allSettled(
      Array.from({ length: learners }, async () => {
        const { id } = await client.create({});
        await client.exec(id, { argv: ['/bin/true'] });
        times.shell.push(performance.now() - start);
        const { docker } = await client.view(id, { docker: 'wait' });
        if (docker === 'ready') times.docker.push(performance.now() - start);
      }),
    );
    signal.throwIfAborted();
    const failures = ends.filter(({ status }) => status === 'rejected').length;
    const first = (values: number[]) => Math.min(...values);
    return [
      { name: 'failures', value: failures, unit: '', reach: 0 },
      { name: 'with Docker in the end', value: times.docker.length, unit: '', reach: learners },
      { name: 'to a command done, the first', value: first(times.shell), unit: 'ms' },
      ...durations('to a command done', times.shell),
      { name: 'to Docker ready, the first', value: first(times.docker), unit: 'ms' },
      ...durations('to Docker ready', times.docker),
    ];
  },
};
