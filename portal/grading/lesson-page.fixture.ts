/** For tests: a learner with a machine, and a lesson page that writes down what it is told. */
import { expect, onTestFinished, vi } from 'vitest';
import type { ExerciseStart, LessonEvent, LifetimeState } from '../../protocol/portal-api.ts';
import type { UsageReport } from '../../protocol/usage.ts';
import type { Browser } from '../browser.fixture.ts';
import { PortalFixture, lessonPath, type FixtureOptions } from '../portal.fixture.ts';

/** A lesson page: what it was told. */
export class LessonPage {
  readonly events: Exclude<LessonEvent, { event: 'start' | 'lifetime' | 'usage' | 'terminals' }>[] = [];
  /** Latest by exercise. */
  readonly starts = new Map<string, ExerciseStart>();
  readonly lifetimes: LifetimeState[] = [];
  readonly usages: UsageReport[] = [];
  readonly terminalRevisions: string[] = [];
  readonly #abort = new AbortController();
  readonly ended: Promise<unknown>;

  /** `language`: of the page, as its address has it. */
  constructor(browser: Browser, { language = '' } = {}) {
    this.ended = this.#read(browser, language === '' ? '' : `?language=${language}`).catch(
      (error: unknown) => error,
    );
    onTestFinished(() => this.close());
  }

  close(): void {
    this.#abort.abort();
  }

  get exercise() {
    return this.events.findLast((event) => event.event === 'exercise')?.data;
  }

  get sandbox() {
    return this.events.findLast((event) => event.event === 'sandbox')?.data;
  }

  /** By check: `pass fail`. */
  get statuses(): string {
    return this.exercise?.verdicts.map((verdict) => verdict.status).join(' ') ?? '';
  }

  until(check: () => void): Promise<void> {
    return vi.waitFor(check, { timeout: 10_000, interval: 5 });
  }

  async #read(browser: Browser, query: string): Promise<void> {
    for await (const event of browser.events(lessonPath, this.#abort.signal, query)) {
      if (event.event === 'start') this.starts.set(event.data.exerciseId, event.data);
      else if (event.event === 'lifetime') this.lifetimes.push(event.data);
      else if (event.event === 'usage') this.usages.push(event.data);
      else if (event.event === 'terminals') this.terminalRevisions.push(event.data.revision);
      else this.events.push(event);
    }
  }
}

export async function withMachine(options: FixtureOptions = {}) {
  const portal = await PortalFixture.start(options);
  const browser = await portal.visit();
  await browser.post('/api/sandbox');
  return { portal, browser, sandbox: portal.server.sandbox };
}

/** One whose events are followed already. */
export async function withPage(options: FixtureOptions = {}) {
  const machine = await withMachine(options);
  const page = new LessonPage(machine.browser);
  await page.until(() => expect(page.statuses).toBe('fail waiting'));
  await page.until(() => expect(machine.sandbox.followerCount).toBe(1));
  return { ...machine, page };
}
