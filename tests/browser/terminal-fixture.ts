/** One course and one browser for the terminal tests of a file; each test is another learner. */
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { RunningCourse } from '../running-course.ts';
import { launchChromium } from './chromium.ts';
import { LessonPage } from './lesson-page.ts';

export class TerminalFixture {
  course!: RunningCourse;
  browser!: Browser;
  #contexts: BrowserContext[] = [];

  constructor() {
    beforeAll(async () => {
      [this.course, this.browser] = await Promise.all([RunningCourse.start(), launchChromium()]);
    });
    afterEach(async () => {
      for (const context of this.#contexts.splice(0)) await context.close();
      for (const { id } of await this.course.client.list()) await this.course.client.destroy(id);
    });
    afterAll(async () => {
      await this.browser?.close();
      await this.course?.[Symbol.asyncDispose]();
    });
  }

  get url(): string {
    return `${this.course.url}/first-steps/hello-world/`;
  }

  async learner(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    this.#contexts.push(context);
    return context;
  }

  /** Another device of the same learner. */
  async device(of: BrowserContext, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    return this.learner({ ...options, storageState: await of.storageState() });
  }

  async open(context: BrowserContext): Promise<LessonPage> {
    return LessonPage.open(context, this.url);
  }

  /** Where the terminal lies under the lesson's words, and is opened by its button. */
  async sheet(options: BrowserContextOptions): Promise<LessonPage> {
    const lesson = new LessonPage(await (await this.learner(options)).newPage());
    lesson.page.setDefaultTimeout(20_000);
    await lesson.page.goto(this.url);
    const button = lesson.page.getByRole('button', { name: 'Terminal', exact: true });
    await (options.hasTouch ? button.tap() : button.click());
    await lesson.seeInTerminal('root@camp');
    return lesson;
  }

  async lesson(options: BrowserContextOptions = {}): Promise<LessonPage> {
    return this.open(await this.learner(options));
  }
}
