import { setTimeout as delay } from 'node:timers/promises';
import type { BenchFigure } from '../../bin/bench-module.ts';
import { WireWatch, type TerminalContender } from '../wire/wire.ts';
import { durations, timed } from './figures.ts';
import { hostProcesses, parentOf, proportionalMegabytes } from './process-memory.ts';

const keys = 80;
const betweenKeysMs = 15;
const prompt = 'root@camp';
const more = 3;

async function openAtPrompt(contender: TerminalContender): Promise<WireWatch> {
  const watch = new WireWatch(await contender.open());
  watch.type('\r');
  await watch.see(prompt);
  return watch;
}

async function echoes(watch: WireWatch, count = keys): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < count; key += 1) {
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

/** What takes longer counts as this long. */
const patienceMs = 5_000;

async function seenWithin(watch: WireWatch, text: string): Promise<void> {
  await watch.see(text, patienceMs).catch(() => undefined);
}

/** Keys typed into the flood itself: the line discipline echoes them among it. */
async function echoesInFlood(watch: WireWatch): Promise<{ echo: number[]; interrupt: number[] }> {
  const [echo, interrupt]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round += 1) {
    watch.type('yes\r');
    await delay(400);
    for (let key = 0; key < 8; key += 1) {
      await timed(echo, async () => {
        watch.type('Q');
        await seenWithin(watch, 'Q');
      });
      await delay(20);
    }
    await timed(interrupt, async () => {
      watch.type('\x03');
      await seenWithin(watch, prompt);
    });
    await watch.see(prompt);
    await delay(100);
  }
  return { echo, interrupt };
}

async function throughput(watch: WireWatch, command: string): Promise<number> {
  const before = watch.bytes;
  const start = performance.now();
  watch.type(`${command}; echo EN""DED\r`);
  await watch.see('ENDED', 120_000);
  const seconds = (performance.now() - start) / 1000;
  await watch.see(prompt);
  return (watch.bytes - before) / 1_000_000 / seconds;
}

/** Of the server and all it started, the shells included. */
function memoryOf(contender: TerminalContender): number {
  const parents = new Map(hostProcesses().map(({ pid }) => [pid, parentOf(pid)]));
  const roots = new Set(contender.serverPids());
  const isTheirs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
      if (roots.has(at)) return true;
    return false;
  };
  return proportionalMegabytes([...parents.keys()].filter(isTheirs));
}

export async function measureWire(
  contender: TerminalContender,
  { tracePath, isOurs, onStep }: { tracePath: string; isOurs: boolean; onStep: (words: string) => void },
): Promise<BenchFigure[]> {
  const { name } = contender;
  const reach = isOurs ? { median: 2, p95: 8 } : {};
  let watch = await openAtPrompt(contender);
  onStep(`${name}: echo`);
  const figures = durations(`${name}: key to echo at the server`, await echoes(watch), reach);
  onStep(`${name}: echo beside a flood`);
  const flooding = await openAtPrompt(contender);
  flooding.type('yes\r');
  await delay(300);
  figures.push(...durations(`${name}: the same, another terminal floods`, await echoes(watch), {}));
  flooding.type('\x03');
  await flooding.see(prompt);
  flooding.wire.close();
  onStep(`${name}: echo amid a flood`);
  const { echo, interrupt } = await echoesInFlood(watch);
  figures.push(...durations(`${name}: key to echo amid its own flood`, echo));
  figures.push(...durations(`${name}: Ctrl-C amid a flood, to a prompt`, interrupt));
  for (const [what, command] of [
    ['`yes`', 'yes | head -c 8000000'],
    ['long lines', 'head -c 30000000 /dev/zero | tr "\\\\0" x | fold -w 2000'],
    ['a full-screen program', `cat ${tracePath}`],
  ] as const) {
    onStep(`${name}: throughput of ${what}`);
    figures.push({
      name: `${name}: throughput of ${what}`,
      value: await throughput(watch, command),
      unit: 'MB/s',
    });
  }
  onStep(`${name}: reconnects, memory`);
  const again: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    watch.wire.close();
    await timed(again, async () => {
      const wire = contender.reopen ? await contender.reopen(watch.wire) : await contender.open();
      watch = new WireWatch(wire);
      watch.type('\r');
      await watch.see(prompt);
    });
  }
  const kept = contender.reopen ? 'the same shell' : 'a new shell, what ran is gone';
  figures.push(
    ...durations(`${name}: after a cut, to a prompt (${kept})`, again, isOurs ? { p95: 1_000 } : {}),
  );
  const before = memoryOf(contender);
  const others = [];
  for (let count = 0; count < more; count += 1) others.push(await openAtPrompt(contender));
  await delay(500);
  const value = (memoryOf(contender) - before) / more;
  figures.push({ name: `${name}: memory per terminal, its shell included`, value, unit: 'MB' });
  for (const one of [watch, ...others]) one.wire.close();
  return figures;
}
