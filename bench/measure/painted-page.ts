import type { BrowserContext, Page } from 'playwright-core';

/** In the page: from a key going down to the end of the frame in which the rows first show what is awaited. */
function watchRows(): void {
  const shown = (): string =>
    [...document.querySelectorAll('.xterm-rows')]
      .filter((rows) => rows.checkVisibility())
      .flatMap((rows) => [...rows.children].map((row) => row.textContent))
      .join('\n')
      .replaceAll('\u00a0', ' ')
      .trimEnd();
  let downMs = 0;
  addEventListener('keydown', () => (downMs = performance.now()), { capture: true });
  Object.assign(globalThis, {
    campUntil: (pattern: string) =>
      new Promise<number>((resolve, reject) => {
        const awaited = new RegExp(pattern);
        const patience = setTimeout(() => {
          observer.disconnect();
          reject(
            new Error(`${pattern} was not seen within a minute; the screen shows: ${shown().slice(-300)}`),
          );
        }, 60_000);
        const look = (): void => {
          if (!awaited.test(shown())) return;
          observer.disconnect();
          clearTimeout(patience);
          // All contenders write their rows in a frame's callback: the next task comes after that frame is painted.
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve(performance.now() - downMs), { once: true });
          port1.start();
          port2.postMessage(null);
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
  });
}

/** The colours of a prompt end it with a space, which is not seen at the end of the text. */
export const promptPattern = 'root@camp[^\\n]*#$';

/** A contender's page, with its terminal at a prompt and the keyboard in it. */
export class PaintedPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** `interrupts`: what may run in the terminal that the page finds there. */
  static async open(
    context: BrowserContext,
    url: string,
    { interrupts = false }: { interrupts?: boolean } = {},
  ): Promise<PaintedPage> {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.addInitScript(watchRows);
    await page.goto(url);
    const painted = new PaintedPage(page);
    if (interrupts) {
      await page.locator('.xterm-helper-textarea:visible').first().focus();
      await page.keyboard.press('Control+C');
    }
    await painted.atPrompt();
    return painted;
  }

  /** Waits for a prompt in what is seen, and puts the keyboard there. */
  async atPrompt(): Promise<void> {
    await this.page.locator('.xterm-rows:visible').first().waitFor();
    await this.until(promptPattern);
    await this.page.locator('.xterm-helper-textarea:visible').first().focus();
  }

  /** Milliseconds from the last key that goes down to the frame that shows it, also when that key comes after this call. */
  until(pattern: string): Promise<number> {
    return this.page.evaluate(
      (text) => (globalThis as unknown as { campUntil(text: string): Promise<number> }).campUntil(text),
      pattern,
    );
  }

  /** What a key leads to. */
  async press(key: string, pattern: string): Promise<number> {
    const seen = this.until(pattern);
    await this.page.keyboard.press(key);
    return seen;
  }

  async run(command: string): Promise<void> {
    await this.page.keyboard.type(command);
    await this.page.keyboard.press('Enter');
  }

  /** Takes back what is typed: Ctrl-C would throw away what is being printed, in the middle of a sequence. */
  async clearLine(): Promise<void> {
    await this.press('Control+U', promptPattern);
  }

  /** Ends what runs. */
  async interrupt(): Promise<void> {
    await this.press('Control+C', promptPattern);
  }
}
