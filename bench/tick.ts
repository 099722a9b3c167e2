/**
 * How soon a page is told what changed in its learner's machine, and shows it, with a class at work; and what a class
 * costs that does nothing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, BenchFigure } from '../bin/bench-module.ts';
import { readRecord } from '../host/supervisor/record.ts';
import { CodedError } from '../protocol/errors.ts';
import { SandboxClient } from '../sandbox-client/client.ts';
import { launchBrowser } from './measure/chromium.ts';
import { PaintedTickLearner } from './measure/painted-tick.ts';
import { durations } from './measure/figures.ts';
import { processorTimeMs } from './measure/processor-time.ts';
import { TickLearner } from './measure/tick-learner.ts';

const learners = 30;
const turns = 4;
/** Of the one whose screen is watched: two samples a turn, while the others are at work. */
const paintedTurns = 12;
const paintedThinkMs = 3_000;
/** Between two commands a learner reads and thinks: 30 of them then start about two containers a second. */
const thinkMs = { least: 5_000, most: 20_000 };
const idleMs = 30_000;
/** After the last command there is a little more to look at, and terminals come to rest. */
const settleMs = 10_000;

async function atWork(learner: TickLearner, signal: AbortSignal): Promise<number[]> {
  const samples: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    await delay(thinkMs.least + Math.random() * (thinkMs.most - thinkMs.least), undefined, { signal });
    samples.push(...(await learner.work()));
  }
  return samples;
}

async function inBrowser(learner: PaintedTickLearner | null, signal: AbortSignal): Promise<number[]> {
  const samples: number[] = [];
  for (let turn = 0; learner !== null && turn < paintedTurns; turn += 1) {
    await delay(paintedThinkMs, undefined, { signal });
    samples.push(...(await learner.work()));
  }
  return samples;
}

async function idleFigures(pids: ReadonlyMap<string, number>, signal: AbortSignal): Promise<BenchFigure[]> {
  const before = new Map([...pids].map(([name, pid]) => [name, processorTimeMs(pid)]));
  const start = performance.now();
  await delay(idleMs, undefined, { signal });
  const seconds = (performance.now() - start) / 1000;
  return [...pids].map(([name, pid]) => {
    const used = processorTimeMs(pid) - (before.get(name) ?? 0);
    return {
      name: `${name}, ${learners} learners idle with their pages open, of one processor`,
      value: used / seconds / 10,
      unit: '%',
    };
  });
}

export const bench: Bench = {
  summary: `${learners} learners at work: state change to tick; and idle: processor time (through a running course)`,
  async run({ layout, onStep, onNote, signal }) {
    const record = readRecord(layout);
    const url = record?.address?.url;
    if (url === undefined) {
      throw new CodedError(
        'NOT_RUNNING',
        `no course runs in ${layout.dataDir}; start one there: chrootcamp start --data`,
      );
    }
    const pids = new Map(
      (record?.processes ?? []).flatMap(({ name, identity }) =>
        identity && ['portal', 'sandbox-server'].includes(name) ? [[name, identity.pid] as const] : [],
      ),
    );
    const machines = new SandboxClient({ socketPath: layout.sandboxServerSocket });
    const before = new Set((await machines.list()).map(({ id }) => id));
    const present: TickLearner[] = [];
    const browser = await launchBrowser({ onNote });
    try {
      while (present.length < learners) {
        signal.throwIfAborted();
        onStep(`learner ${present.length + 1} of ${learners} arrives`);
        present.push(await TickLearner.arrive(url));
      }
      onStep(`one more arrives in a browser`);
      const painted = browser && (await PaintedTickLearner.arrive(url, browser));
      onStep(`${learners} learners at work`);
      const [shown, ...told] = await Promise.all([
        inBrowser(painted, signal),
        ...present.map((learner) => atWork(learner, signal)),
      ]);
      await painted?.leave();
      onStep(`${learners} learners idle`);
      await delay(settleMs, undefined, { signal });
      const idle = await idleFigures(pids, signal);
      const atWorkToo = `${learners} learners at work`;
      return [
        ...durations(`state change to tick on the wire, ${atWorkToo}`, told.flat(), { p95: 500 }),
        ...(browser === null
          ? []
          : durations(`state change to tick painted in Chromium, ${atWorkToo}`, shown, { p95: 500 })),
        ...idle,
      ];
    } finally {
      await browser?.close();
      await Promise.all(present.map((learner) => learner.leave()));
      for (const { id } of await machines.list()) if (!before.has(id)) await machines.destroy(id);
    }
  },
};
