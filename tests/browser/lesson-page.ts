/** A lesson page as a learner uses it. */
import type { BrowserContext, Locator, Page } from 'playwright-core';

const patienceMs = 20_000;

export class LessonPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the lesson and waits for a prompt. */
  static async open(context: BrowserContext, url: string): Promise<LessonPage> {
    const lesson = new LessonPage(await context.newPage());
    lesson.page.setDefaultTimeout(patienceMs);
    await lesson.page.goto(url);
    await lesson.seeInTerminal('root@camp');
    return lesson;
  }

  get screen(): Locator {
    return this.page.locator('#terminal .pane.is-active .xterm-rows');
  }

  async seeInTerminal(text: string): Promise<void> {
    await this.screen.filter({ hasText: text }).waitFor();
  }

  /** Types a line at the prompt, by the keyboard. */
  async type(line: string): Promise<void> {
    await this.page.locator('#terminal .pane.is-active .xterm-helper-textarea').focus();
    await this.page.keyboard.type(`${line}\n`);
  }

  /** The one in front. */
  get tab(): Locator {
    return this.page.locator('[role="tab"][aria-selected="true"]');
  }

  get notice(): Locator {
    return this.page.locator('.pane.is-active .panel-notice');
  }

  exercise(slug: string): Locator {
    return this.page.locator(`camp-exercise[data-exercise$="/${slug}"]`);
  }

  async seeCheck(
    exercise: string,
    check: string,
    status: 'pass' | 'fail' | 'waiting' | 'could-not-look',
  ): Promise<void> {
    await this.exercise(exercise).locator(`[data-check="${check}"][data-status="${status}"]`).waitFor();
  }

  sentence(exercise: string, check: string): Promise<string> {
    return this.exercise(exercise).locator(`[data-check="${check}"] [data-part="sentence"]`).innerText();
  }
}
