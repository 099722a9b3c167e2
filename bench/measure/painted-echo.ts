import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { BenchFigure } from '../../bin/bench-module.ts';
import type { TerminalContender } from '../wire/wire.ts';
import { durations } from './figures.ts';

const keys = 40;
const betweenKeysMs = 40;

/** In the page: from a key going down to the frame after the rows first show what is awaited. */
function watchRows(): void {
  const shown = (): string =>
    [...document.querySelectorAll('.xterm-rows > div')].map((row) => row.textContent).join('\n');
  let downMs = 0;
  addEventListener('keydown', () => (downMs = performance.now()), { capture: true });
  Object.assign(globalThis, {
    campUntil: (pattern: string) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (!new RegExp(pattern).test(shown().trimEnd())) return void requestAnimationFrame(look);
          // The frame that shows it is made now; after it, it is painted.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - downMs)));
        };
        look();
      }),
  });
}

const until = (page: Page, pattern: string): Promise<number> =>
  page.evaluate(
    (text) => (globalThis as unknown as { campUntil(text: string): Promise<number> }).campUntil(text),
    pattern,
  );

/** By Chromium without WebGL, which draws all contenders' text into the page alike. */
export async function measurePainted(
  contender: TerminalContender,
  browser: Browser,
  { isOurs }: { isOurs: boolean },
): Promise<BenchFigure[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const { url, cookies } = contender.page;
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url })));
    await context.addInitScript(watchRows);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(url);
    await page.locator('.xterm-rows', { hasText: 'root@camp' }).first().waitFor();
    await page.locator('.xterm-helper-textarea').first().focus();
    const echo: number[] = [];
    let typed = '';
    for (let key = 0; key < keys; key += 1) {
      const letter = 'abcdefghij'[key % 10] as string;
      typed += letter;
      const seen = until(page, `# ?${typed}$`.replace('# ?', '#[\\s\\u00a0]?'));
      await page.keyboard.press(letter);
      echo.push(await seen);
      await delay(betweenKeysMs);
    }
    await page.keyboard.press('Control+C');
    const interrupt: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      await page.keyboard.type('clear; yes\n');
      await delay(800);
      const stopped = until(page, 'root@camp[^\\n]*#[\\s\\u00a0]*$');
      await page.keyboard.press('Control+C');
      interrupt.push(await stopped);
    }
    const { name } = contender;
    return [
      ...durations(`${name}: key to painted glyph in Chromium`, echo, isOurs ? { p95: 50 } : {}),
      ...durations(
        `${name}: Ctrl-C amid a flood, to a painted prompt`,
        interrupt,
        isOurs ? { p95: 500 } : {},
      ),
    ];
  } finally {
    await context.close();
  }
}
