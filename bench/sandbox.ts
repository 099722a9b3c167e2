/** How fast sandboxes come and go, and what an idle one costs. */
import { readFileSync } from 'node:fs';
import type { Bench, BenchFigure } from '../bin/bench-module.ts';
import { accessPrivate } from '../bin/sandbox-server-access.ts';
import type { SandboxClient } from '../sandbox-client/client.ts';
import { percentile } from './measure/percentile.ts';

const rounds = 15;
const idleSandboxes = 10;

async function timed<T>(into: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  into.push(performance.now() - start);
  return result;
}

function figures(name: string, values: number[], reach?: number): BenchFigure[] {
  return [
    { name: `${name}, median`, value: percentile(values, 0.5), unit: 'ms' },
    {
      name: `${name}, p95`,
      value: percentile(values, 0.95),
      unit: 'ms',
      ...(reach === undefined ? {} : { reach }),
    },
  ];
}

/** Proportional set size of everything in a sandbox, MB: memory shared with other sandboxes counts in part. */
async function proportionalMemory(client: SandboxClient, id: string): Promise<number> {
  let output = '';
  // The shell leaves itself out and then becomes awk, so that the measuring is not measured.
  const script = `set --; for p in /proc/[0-9]*; do [ "$p" = "/proc/$$" ] || set -- "$@" "$p/smaps_rollup"; done
    exec awk '/^Pss:/{sum+=$2} END{print sum}' "$@"`;
  const onStdout = (chunk: Buffer) => {
    output += chunk.toString();
  };
  await client.exec(id, { argv: ['/bin/sh', '-c', script] }, { onStdout });
  return Number(output) / 1024;
}

function availableMegabytes(): number {
  const match = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'));
  return Number(match?.[1]) / 1024;
}

export const bench: Bench = {
  summary: 'sandboxes: cold start to shell and to Docker, destroy, memory of an idle one',
  async run({ layout, onStep, signal }) {
    await using access = await accessPrivate(layout, signal);
    const { client } = access;
    const [shell, docker, destroy, pull]: number[][] = [[], [], [], []];
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted();
      onStep(`round ${round + 1} of ${rounds}`);
      const start = performance.now();
      const { id } = await client.create({});
      await client.exec(id, { argv: ['/bin/true'] });
      shell?.push(performance.now() - start);
      await client.view(id, { waitForDocker: true });
      docker?.push(performance.now() - start);
      await timed(pull ?? [], () => client.exec(id, { argv: ['docker', 'run', '--rm', 'busybox', 'true'] }));
      await timed(destroy ?? [], () => client.destroy(id));
    }
    onStep(`memory of ${idleSandboxes} idle sandboxes`);
    const before = availableMegabytes();
    const ids: string[] = [];
    try {
      for (let count = 0; count < idleSandboxes; count += 1) {
        const { id } = await client.create({});
        ids.push(id);
        await client.view(id, { waitForDocker: true });
      }
      const host = (before - availableMegabytes()) / idleSandboxes;
      const each = await Promise.all(ids.map((id) => proportionalMemory(client, id)));
      return [
        ...figures('cold start to a shell command done', shell ?? [], 400),
        ...figures('cold start to Docker ready', docker ?? [], 1800),
        ...figures('docker run busybox with pull', pull ?? []),
        ...figures('destroy', destroy ?? [], 300),
        {
          name: 'idle sandbox, proportional memory, median',
          value: percentile(each, 0.5),
          unit: 'MB',
          reach: 45,
        },
        { name: 'idle sandbox, what the host has less', value: host, unit: 'MB' },
      ];
    } finally {
      await Promise.all(ids.map((id) => client.destroy(id)));
    }
  },
};
