/** How many learners one computer carries: 30 who join within 30 s while 30 others work, and 200 who are idle. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchContext, BenchFigure } from '../bin/bench-module.ts';
import { accessPrivate, type SandboxServerAccess } from '../bin/sandbox-server-access.ts';
import { chrootcamp } from './contenders/chrootcamp.ts';
import { durations } from './measure/figures.ts';
import { availableMegabytes, hostProcesses, proportionalMegabytes } from './measure/process-memory.ts';

const [working, joining, joinWithinMs, idle] = [30, 30, 30_000, 200];
/** Machines made side by side when nobody waits for one in particular. */
const parallel = 4;

type Client = SandboxServerAccess['client'];

/** What a learner's first look takes: a machine, and a command in it. Docker is waited for apart. */
async function join(client: Client, into: { shell: number[]; docker: number[] }): Promise<string> {
  const start = performance.now();
  const { id } = await client.create({});
  await client.exec(id, { argv: ['/bin/true'] });
  into.shell.push(performance.now() - start);
  await client.view(id, { docker: 'wait' });
  into.docker.push(performance.now() - start);
  return id;
}

/** Until `signal`: a command every two seconds or so, a container every twenty. */
async function work(
  client: Client,
  id: string,
  onCommand: (ms: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const between = () => delay(1_000 + Math.random() * 2_000);
  await between();
  while (!signal.aborted) {
    await client.exec(id, { argv: ['docker', 'run', '--rm', 'busybox', 'true'] });
    for (let count = 0; count < 10 && !signal.aborted; count += 1) {
      const start = performance.now();
      await client.exec(id, { argv: ['/bin/ls', '/root'] });
      onCommand(performance.now() - start);
      await between();
    }
  }
}

async function fill(
  client: Client,
  ids: string[],
  count: number,
  { onStep, signal }: BenchContext,
): Promise<void> {
  const times = { shell: [], docker: [] };
  const worker = async () => {
    while (ids.length < count && !signal.aborted) {
      ids.push('');
      const place = ids.length - 1;
      ids[place] = await join(client, times);
      if (place % 10 === 9) onStep(`${place + 1} machines of ${count} run`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  signal.throwIfAborted();
}

async function rush(client: Client, ids: string[], context: BenchContext): Promise<BenchFigure[]> {
  await fill(client, ids, working, context);
  const calm: number[] = [];
  const busy: number[] = [];
  const ended = new AbortController();
  let measured = calm;
  const onCommand = (ms: number) => void measured.push(ms);
  const works = ids.map((id) => work(client, id, onCommand, ended.signal));
  context.onStep(`${working} work`);
  await delay(15_000, undefined, { signal: context.signal });
  measured = busy;
  context.onStep(`${joining} join within ${joinWithinMs / 1000} s`);
  const times = { shell: [] as number[], docker: [] as number[] };
  let failures = 0;
  const joins = Array.from({ length: joining }, async (_, place) => {
    await delay((place * joinWithinMs) / joining);
    ids.push(await join(client, times));
  });
  for (const { status } of await Promise.allSettled(joins)) if (status === 'rejected') failures += 1;
  ended.abort();
  await Promise.all(works);
  return [
    { name: `${joining} who join: failures`, value: failures, unit: '', reach: 0 },
    ...durations(`${joining} join while ${working} work: to a command done`, times.shell),
    ...durations(`${joining} join while ${working} work: to Docker ready`, times.docker),
    ...durations(`a command of those who work, before`, calm),
    ...durations(`a command of those who work, during`, busy),
  ];
}

export const bench: Bench = {
  summary: `${joining} learners join within ${joinWithinMs / 1000} s while ${working} work; then ${idle} idle ones at once`,
  async run(context) {
    const { layout, signal, onStep, onNote } = context;
    const before = availableMegabytes();
    await using access = await accessPrivate(layout, signal, { most: idle + parallel });
    const { client } = access;
    const ids: string[] = [];
    try {
      const figures = await rush(client, ids, context);
      const filled = fill(client, ids, idle, context).catch((error: unknown) => {
        signal.throwIfAborted();
        onNote(`the ${ids.length}th machine could not be made: ${(error as Error).message}`);
      });
      await filled;
      onStep('idle');
      await delay(20_000, undefined, { signal });
      const views = await Promise.all(ids.filter(Boolean).map((id) => client.view(id)));
      const ready = views.filter(({ docker }) => docker === 'ready').length;
      const shell: number[] = [];
      for (let round = 0; round < 20; round += 1) {
        const start = performance.now();
        await client.exec(ids[round] as string, { argv: ['/bin/true'] });
        shell.push(performance.now() - start);
      }
      const ours = chrootcamp(access);
      const serving = hostProcesses()
        .filter(ours.serves)
        .map(({ pid }) => pid);
      return [
        ...figures,
        { name: 'machines at once, Docker ready', value: ready, unit: '', reach: idle },
        { name: 'what the host has less, each', value: (before - availableMegabytes()) / ready, unit: 'MB' },
        { name: 'server, relay and registry', value: proportionalMegabytes(serving), unit: 'MB' },
        ...durations(`a command in one of ${ready}`, shell),
      ];
    } finally {
      for (let at = 0; at < ids.length; at += 8)
        await Promise.allSettled(ids.slice(at, at + 8).map((id) => id && client.destroy(id)));
    }
  },
};
