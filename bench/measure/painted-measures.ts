import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { BenchFigure } from '../../bin/bench-module.ts';
import type { TerminalContender } from '../wire/wire.ts';
import { durations, rate } from './figures.ts';
import type { Flood } from './floods.ts';
import { PaintedPage, promptPattern } from './painted-page.ts';
import type { Rows } from './rows.ts';
import { hostProcesses, parentOf, treeMegabytes } from './process-memory.ts';

const keys = 40;
const betweenKeysMs = 40;
const rounds = 3;
const more = 3;
/** Draws above the prompt as fast as it can, and leaves the cursor there: keys are seen amid it. */
const drawsAbove =
  'clear; printf "%12s" | tr " " "\\n"; t=$(seq -s " " 120); ' +
  'while :; do printf "\\e7\\e[2;1H%s %s\\e8" $RANDOM "$t"; done &';

export interface PaintedMeasureOptions {
  floods: readonly Flood[];
  rows: Rows;
  /** Figures to reach are ours. */
  isOurs: boolean;
}

/** By Chromium without WebGL, which draws all contenders' text into the page alike. */
export async function measurePainted(
  contender: TerminalContender,
  browser: Browser,
  { floods, rows, isOurs }: PaintedMeasureOptions,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const { url, cookies } = contender.page;
    // Of the whole site: by the address of a page they would be of its folder only.
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: new URL('/', url).href })));
    let shown = await PaintedPage.open(context, url);
    const anew = async (): Promise<void> => {
      for (const page of context.pages()) await page.close();
      shown = await PaintedPage.open(context, url, { interrupts: true });
    };
    const flooded = isOurs ? { p95: 150 } : {};
    await rows.measure(
      'key to painted glyph',
      async () =>
        durations('key to painted glyph', await glyphs(shown), isOurs ? { median: 25, p95: 50 } : {}),
      anew,
    );
    await rows.measure(
      'key to painted glyph beside a flood',
      async () => {
        const another = await contender.openAnother(shown);
        await another.shown.run('yes');
        await another.back();
        const times = await glyphs(shown);
        await another.close();
        return durations('key to painted glyph, another terminal floods', times, flooded);
      },
      anew,
    );
    await rows.measure(
      'key to painted glyph amid a flood',
      async () => durations('key to painted glyph, amid its own flood', await glyphsInFlood(shown), flooded),
      anew,
    );
    await rows.measure(
      'Ctrl-C, painted',
      async () =>
        durations(
          'Ctrl-C amid a flood, to a painted prompt',
          await interrupts(shown),
          isOurs ? { p95: 500 } : {},
        ),
      anew,
    );
    for (const flood of floods) {
      const work = async (): Promise<BenchFigure> =>
        rate(`painted, ${flood.what}`, await rates(shown, flood));
      await rows.measure(`throughput of ${flood.what}, painted`, work, anew);
    }
    await rows.measure('memory in the browser', () => memory(contender, shown), anew);
  } finally {
    await context.close();
  }
}

async function glyphsInFlood(shown: PaintedPage): Promise<number[]> {
  await shown.run(drawsAbove);
  await shown.until(promptPattern);
  await delay(500);
  const times = await glyphs(shown);
  await shown.run('kill %1; wait; clear');
  await shown.until(promptPattern);
  return times;
}

async function glyphs(shown: PaintedPage): Promise<number[]> {
  const times: number[] = [];
  let typed = '';
  for (let key = 0; key < keys; key += 1) {
    const letter = 'abcdefghij'[key % 10] as string;
    typed += letter;
    times.push(await shown.press(letter, `# ?${typed}$`));
    await delay(betweenKeysMs);
  }
  await shown.clearLine();
  return times;
}

async function interrupts(shown: PaintedPage): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    await shown.run('clear; yes');
    await delay(500);
    times.push(await shown.press('Control+C', promptPattern));
  }
  return times;
}

/** MB/s, from Enter to the frame that shows that it is over. */
async function rates(shown: PaintedPage, { command, wireBytes }: Flood): Promise<number[]> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Not what the round before has left on the screen.
    await shown.page.keyboard.type(`clear; ${command}; clear; echo EN""DED-${round}`);
    const tookMs = await shown.press('Enter', `(^|\\n)ENDED-${round}(\\n|$)`);
    values.push(wireBytes / 1000 / tookMs);
    await shown.until(promptPattern);
  }
  return values;
}

/** Of the browser, with the scrollback that each contender keeps filled. */
async function memory(contender: TerminalContender, shown: PaintedPage): Promise<BenchFigure> {
  const browser = hostProcesses()
    .filter(({ pid, command }) => command.includes('chromium') && parentOf(pid) === process.pid)
    .map(({ pid }) => pid);
  const others: PaintedPage[] = [];
  const settled = async (): Promise<number> => {
    for (const one of [shown, ...others]) await one.page.requestGC();
    await delay(1_000);
    return treeMegabytes(browser);
  };
  const before = await settled();
  for (let count = 0; count < more; count += 1) {
    const { shown: other } = await contender.openAnother(others.at(-1) ?? shown);
    await other.run('seq 6000; clear');
    await other.until(promptPattern);
    others.push(other);
  }
  const value = ((await settled()) - before) / more;
  return { name: 'memory a terminal in the browser, 6,000 lines printed', value, unit: 'MB' };
}
