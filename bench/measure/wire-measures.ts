import { setTimeout as delay } from 'node:timers/promises';
import type { BenchFigure } from '../../bin/bench-module.ts';
import { WireWatch, type TerminalContender } from '../wire/wire.ts';
import { durations, rate, timed } from './figures.ts';
import type { Flood } from './floods.ts';
import type { Rows } from './rows.ts';
import { proportionalMegabytes, treeMegabytes } from './process-memory.ts';

const keys = 80;
const betweenKeysMs = 15;
const prompt = 'root@camp';
const more = 3;
const rounds = 3;
/** What takes longer counts as this long. */
const patienceMs = 5_000;

export interface WireMeasureOptions {
  floods: readonly Flood[];
  rows: Rows;
  /** Figures to reach are ours. */
  isOurs: boolean;
}

/** At the server: what a page would be sent, without a page that takes time for it. */
export async function measureWire(
  contender: TerminalContender,
  { floods, rows, isOurs }: WireMeasureOptions,
): Promise<void> {
  let watch = await openAtPrompt(contender);
  const anew = async (): Promise<void> => {
    watch.wire.close();
    watch = await openAtPrompt(contender);
  };
  await rows.measure(
    'echo',
    async () =>
      durations('key to echo at the server', await echoes(watch), isOurs ? { median: 2, p95: 8 } : {}),
    anew,
  );
  await rows.measure('echo beside a flood', () => echoesBesideFlood(contender, watch), anew);
  await rows.measure(
    'echo amid a flood',
    async () => {
      const { echo, interrupt } = await echoesInFlood(watch);
      return [
        ...durations('key to echo at the server, amid its own flood', echo),
        ...durations('Ctrl-C amid a flood, to a prompt', interrupt),
      ];
    },
    anew,
  );
  for (const { what, command } of floods) {
    const work = async (): Promise<BenchFigure> => {
      const rates = [];
      for (let round = 0; round < rounds; round += 1) rates.push(await throughput(watch, command));
      return rate(`at the server, ${what}`, rates);
    };
    await rows.measure(`throughput of ${what}`, work, anew);
  }
  await rows.measure('reconnects', () => reconnects(contender, watch, isOurs), anew);
  await rows.measure('memory', () => memory(contender), anew);
}

async function openAtPrompt(contender: TerminalContender): Promise<WireWatch> {
  const watch = new WireWatch(await contender.open());
  watch.type('\r');
  await watch.see(prompt);
  return watch;
}

async function echoesBesideFlood(contender: TerminalContender, watch: WireWatch): Promise<BenchFigure[]> {
  const flooding = await openAtPrompt(contender);
  try {
    flooding.type('yes\r');
    await delay(300);
    const times = await echoes(watch);
    flooding.type('\x03');
    await flooding.see(prompt);
    return durations('key to echo at the server, another terminal floods', times);
  } finally {
    flooding.wire.close();
  }
}

async function echoes(watch: WireWatch): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    const letter = 'abcdefghij'[key % 10] as string;
    await timed(times, async () => {
      watch.type(letter);
      await watch.see(letter);
    });
    await delay(betweenKeysMs);
  }
  watch.type('\x03');
  await watch.see(prompt);
  return times;
}

/** Keys typed into the flood itself: the line discipline echoes them among it. */
async function echoesInFlood(watch: WireWatch): Promise<{ echo: number[]; interrupt: number[] }> {
  const seenWithin = (text: string): Promise<void> => watch.see(text, patienceMs).catch(() => undefined);
  const [echo, interrupt]: [number[], number[]] = [[], []];
  for (let round = 0; round < 20; round += 1) {
    watch.type('yes\r');
    await delay(400);
    for (let key = 0; key < 4; key += 1) {
      await timed(echo, async () => {
        watch.type('Q');
        await seenWithin('Q');
      });
      await delay(20);
    }
    await timed(interrupt, async () => {
      watch.type('\x03');
      await seenWithin(prompt);
    });
    await watch.see(prompt);
    await delay(100);
  }
  return { echo, interrupt };
}

/** MB/s. */
async function throughput(watch: WireWatch, command: string): Promise<number> {
  const before = watch.bytes;
  const start = performance.now();
  watch.type(`${command}; echo EN""DED\r`);
  await watch.see('ENDED', 120_000);
  const seconds = (performance.now() - start) / 1000;
  await watch.see(prompt);
  return (watch.bytes - before) / 1_000_000 / seconds;
}

async function reconnects(
  contender: TerminalContender,
  first: WireWatch,
  isOurs: boolean,
): Promise<BenchFigure[]> {
  const times: number[] = [];
  let watch = first;
  for (let round = 0; round < 20; round += 1) {
    watch.wire.close();
    await timed(times, async () => {
      const wire = contender.reopen ? await contender.reopen(watch.wire) : await contender.open();
      watch = new WireWatch(wire);
      watch.type('\r');
      await watch.see(prompt);
    });
  }
  watch.wire.close();
  return durations('after a cut, to a prompt', times, isOurs ? { p95: 1_000 } : {});
}

/** Of the server and all it started, the shells included. A server that shrinks meanwhile makes them no smaller. */
async function memory(contender: TerminalContender): Promise<BenchFigure> {
  const pids = contender.serverPids();
  const before = { server: proportionalMegabytes(pids), all: treeMegabytes(pids) };
  const others = [];
  for (let count = 0; count < more; count += 1) others.push(await openAtPrompt(contender));
  await delay(500);
  const serverGrowth = proportionalMegabytes(pids) - before.server;
  const value = (treeMegabytes(pids) - before.all - Math.min(0, serverGrowth)) / more;
  for (const one of others) one.wire.close();
  return { name: 'memory a terminal at the server, its shell included', value, unit: 'MB' };
}
