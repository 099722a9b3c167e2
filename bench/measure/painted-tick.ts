/** A learner at work in Chromium: changes the state of their machine, and notes when the page shows the tick. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const lesson = '/first-steps/hello-world/';
const check = 'camp-exercise[data-exercise$="/exit-code"] [data-check="ended"]';
const patienceMs = 60_000;

interface PageFunctions {
  campStatus(selector: string, status: string): Promise<number>;
  campMark(): Promise<number>;
}

/** In the page, by the one clock that the machine and the browser share. */
function watchChecks(): void {
  const afterPaint = (): Promise<number> =>
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(Date.now()))));
  const rows = (): string =>
    [...document.querySelectorAll('.pane.is-active .xterm-rows > div')]
      .map((row) => row.textContent)
      .join('');
  const functions: PageFunctions = {
    campStatus: async (selector, status) => {
      const line = document.querySelector<HTMLElement>(selector);
      if (!line) throw new Error(`the page has no ${selector}`);
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (line.dataset['status'] !== status) return;
          observer.disconnect();
          resolve();
        };
        const observer = new MutationObserver(look);
        observer.observe(line, { attributes: true });
        look();
      });
      // The next frame shows it; after it, it is painted.
      return afterPaint();
    },
    campMark: async () => {
      for (;;) {
        const mark = /at=(\d{13})=/.exec(rows())?.[1];
        if (mark !== undefined) return Number(mark);
        await afterPaint();
      }
    },
  };
  Object.assign(globalThis, functions);
}

export class PaintedTickLearner {
  readonly #context: BrowserContext;
  readonly #page: Page;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  /** With a machine whose Docker is up, at a prompt, with the lesson open. */
  static async arrive(url: string, browser: Browser): Promise<PaintedTickLearner> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(watchChecks);
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    await page.goto(new URL(lesson, url).href);
    await page.locator('.xterm-rows', { hasText: 'root@camp' }).first().waitFor();
    await page.locator(`${check}[data-status="fail"]`).waitFor();
    const learner = new PaintedTickLearner(context, page);
    await learner.#type('docker pull -q busybox; clear; echo en""ded');
    await page.locator('.xterm-rows', { hasText: 'ended' }).first().waitFor();
    return learner;
  }

  /** Milliseconds from a container's end to the tick on the screen, and from its removal to the un-tick. */
  async work(): Promise<number[]> {
    const tick = await this.#change('docker run busybox sh -c "exit 42"', 'pass');
    const untick = await this.#change('docker rm $(docker ps -aq) >/dev/null', 'fail');
    return [tick, untick];
  }

  /** Leaves the page; the machine stays. */
  leave(): Promise<void> {
    return this.#context.close();
  }

  async #change(command: string, status: string): Promise<number> {
    const painted = this.#page.evaluate(
      ([selector, wanted]) => (globalThis as unknown as PageFunctions).campStatus(selector!, wanted!),
      [check, status],
    );
    await this.#type(`clear; ${command}; echo at""=$(date +%s%3N)=`);
    const late = delay(patienceMs, 'late' as const, { ref: false });
    const shownMs = await Promise.race([painted, late]);
    if (shownMs === 'late') throw new Error(`the page showed no ${status} within ${patienceMs} ms`);
    const changedMs = await this.#page.evaluate(() => (globalThis as unknown as PageFunctions).campMark());
    return Math.max(0, shownMs - changedMs);
  }

  async #type(line: string): Promise<void> {
    await this.#page.locator('.pane.is-active .xterm-helper-textarea').focus();
    await this.#page.keyboard.type(`${line}\n`);
  }
}
