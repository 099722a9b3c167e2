import { pageLocale, say } from '../page/say.ts';
import type { ExerciseState } from '../../../../protocol/portal-api.ts';
import { announce } from '../page/announcer.ts';
import { copyText } from '../page/clipboard.ts';
import { makeIcon, icons } from '../page/element.ts';
import { explain, portal } from '../page/portal.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { describeChange } from './announcement.ts';
import { followStart } from './back-to-start.ts';
import { CheckLine } from './check-line.ts';
import { Help } from './help.ts';
import { instructorReport } from './instructor-report.ts';

/** `<camp-exercise data-exercise data-setup>`: the checklist ticks while the learner works. */
export class ExerciseCard extends HTMLElement {
  readonly #exerciseId = this.dataset.exercise ?? '';
  #lines: CheckLine[] = [];
  readonly #stops: (() => void)[] = [];
  #state: ExerciseState | null = null;
  #help: Help | null = null;
  /** The machine on which the set-up script was asked for. */
  #setUpOn: string | null = null;

  connectedCallback(): void {
    this.#lines = [...this.querySelectorAll<HTMLElement>('[data-check]')].map(
      (line) =>
        new CheckLine({
          line,
          onAnswer: (answer) => this.#ask(() => portal.answer(this.#exerciseId, answer)),
          onRetry: () => void this.#check(),
        }),
    );
    this.querySelector('[data-action="check"]')?.addEventListener('click', () => void this.#check());
    this.querySelector('[data-action="report"]')?.addEventListener('click', () => void this.#copyReport());
    const exerciseId = this.#exerciseId;
    this.#help = new Help({
      card: this,
      exerciseId,
      // A report copied right after says so, whether or not the machine is looked at again.
      onTaken: (taken) => {
        const known = lessonPage.feed.exercise(exerciseId);
        if (known.value) known.set({ ...known.value, ...taken });
      },
      onFault: (sentence) => this.#notice(sentence),
    });
    const button = this.querySelector<HTMLButtonElement>('[data-action="restart"]');
    if (button) followStart({ button, noStart: this.#part('no-start'), exerciseId: this.#exerciseId });
    const state = lessonPage.feed.exercise(this.#exerciseId);
    this.#stops.push(
      state.watch((latest) => latest && this.#show(latest)),
      lessonPage.machine.task.watch(() => state.value && this.#show(state.value)),
    );
    if (this.dataset.setup !== undefined) {
      this.#stops.push(lessonPage.machine.state.watch(() => void this.#setUp()));
    }
  }

  /** Its author wrote on, and another took its place. */
  disconnectedCallback(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  async #check(): Promise<void> {
    const button = this.querySelector<HTMLButtonElement>('[data-action="check"]');
    if (button) button.disabled = true;
    await this.#ask(() => portal.check(this.#exerciseId));
    if (button) button.disabled = false;
    const open = this.#state?.verdicts.filter(({ status }) => status !== 'pass').length ?? 0;
    if (this.#state)
      announce(open === 0 ? say`Looked again: all is done.` : say`Looked again: ${open} still open.`);
  }

  /** Sends a request whose answer is the exercise's state, and shows that or what went wrong. */
  async #ask(request: () => Promise<ExerciseState>): Promise<void> {
    try {
      const state = await request();
      this.#notice(null);
      lessonPage.feed.exercise(this.#exerciseId).set(state);
    } catch (error) {
      this.#notice(explain(error));
      announce(explain(error));
    }
  }

  async #setUp(): Promise<void> {
    const state = lessonPage.machine.state.value;
    if (state?.status !== 'running' || state.bootId === this.#setUpOn) return;
    this.#setUpOn = state.bootId;
    await this.#ask(() => portal.setUp(this.#exerciseId));
  }

  #show(state: ExerciseState): void {
    // What is said of a machine that is just going would only flash by.
    if (lessonPage.machine.isBeingReplaced) return;
    const before = this.#state;
    this.#state = state;
    const remedies = state.verdicts.map(({ remedy }) => remedy);
    for (const [index, verdict] of state.verdicts.entries()) {
      const line = this.#lines.find(({ checkId }) => checkId === verdict.checkId);
      line?.show(verdict, { offersRemedy: remedies.indexOf(verdict.remedy) === index });
    }
    const title = this.querySelector('h3')?.textContent?.trim() ?? '';
    const labels = new Map(this.#lines.map(({ checkId, label }) => [checkId, label]));
    for (const sentence of describeChange(before, state, { title, labels })) announce(sentence);
    this.#showEarned(state, before !== null && before.earnedAt === null);
    this.#part('regressed').hidden = state.earnedAt === null || state.complete || state.verdicts.length === 0;
    this.#help?.show(state);
    const report = this.querySelector<HTMLButtonElement>('[data-action="report"]');
    if (report) report.hidden = state.complete || state.verdicts.length === 0;
    const looked = this.#part('looked');
    const latest = state.verdicts
      .map(({ evaluatedAt }) => evaluatedAt)
      .sort()
      .at(-1);
    looked.textContent =
      latest === undefined ? '' : say`Looked at ${new Date(latest).toLocaleTimeString(pageLocale)}`;
  }

  #showEarned({ earnedAt }: ExerciseState, wasOpen: boolean): void {
    const badge = this.#part('badge');
    if (earnedAt === null || this.dataset.earned !== undefined) return;
    this.dataset.earned = earnedAt;
    badge.replaceChildren(makeIcon(icons.done, 13), say`Earned`);
    badge.title = new Date(earnedAt).toLocaleString(pageLocale);
    badge.hidden = false;
    if (!wasOpen) return;
    this.dataset.celebrating = '';
    setTimeout(() => delete this.dataset.celebrating, 1_500);
  }

  /** What an instructor who was not there would ask for. */
  async #copyReport(): Promise<void> {
    const state = this.#state;
    if (!state) return;
    const learner = await portal.me().catch(() => null);
    const text = instructorReport({
      state,
      title: this.querySelector('h3')?.textContent?.trim() ?? '',
      labels: new Map(this.#lines.map(({ checkId, label }) => [checkId, label])),
      version: this.dataset.version ?? say`unknown`,
      learnerId: learner?.learnerId ?? null,
      address: location.href,
      browser: navigator.userAgent,
      now: new Date(),
    });
    if (!copyText(text)) {
      const refused = say`The browser does not let this page copy. Unfold the details and select them.`;
      this.#notice(refused);
      return announce(refused);
    }
    announce(say`Copied: paste it into a message to your instructor.`);
    const button = this.querySelector('[data-action="report"]');
    if (!button) return;
    button.textContent = say`Copied: now paste it`;
    setTimeout(() => (button.textContent = say`Copy for my instructor`), 2_500);
  }

  #notice(text: string | null): void {
    const notice = this.#part('notice');
    notice.hidden = text === null;
    notice.textContent = text;
  }

  #part(name: string): HTMLElement {
    const element = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!element)
      throw new Error(
        `exercise ${this.#exerciseId} has no part "${name}": the page and its script are of two builds`,
      );
    return element;
  }
}
