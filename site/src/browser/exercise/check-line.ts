import { pageLocale, say } from '../page/say.ts';
import type { Verdict } from '../../../../protocol/verdict.ts';
import { makeButton, makeElement, writeSentence } from '../page/element.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { statusWords } from './status-words.ts';

function describe(value: string): HTMLElement {
  const description = makeElement('dd');
  writeSentence(description, value);
  return description;
}

export interface CheckLineOptions {
  /** The `<li data-check>` made at build. */
  line: HTMLElement;
  onAnswer: (answer: { checkId: string; answer: string }) => Promise<void>;
  onRetry: () => void;
}

/** One line of the checklist, brought to life. */
export class CheckLine {
  readonly checkId: string;
  readonly label: string;
  readonly #line: HTMLElement;
  readonly #onRetry: () => void;

  constructor({ line, onAnswer, onRetry }: CheckLineOptions) {
    this.#line = line;
    this.#onRetry = onRetry;
    this.checkId = line.dataset.check ?? '';
    this.label = line.querySelector('.check-label > span')?.textContent?.trim() ?? '';
    const form = line.querySelector('form');
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      const answer = new FormData(form).get('answer');
      if (typeof answer === 'string' && answer.trim() !== '') void this.#submit(form, answer, onAnswer);
    });
  }

  /** @param offersRemedy false where a line above offers the same one already */
  show(verdict: Verdict, { offersRemedy }: { offersRemedy: boolean }): void {
    this.#line.dataset.status = verdict.status;
    this.#part('status').textContent = `(${statusWords[verdict.status]})`;
    this.say(verdict.sentence);
    const hint = this.#part('hint');
    hint.hidden = verdict.hint === undefined || verdict.status === 'pass';
    writeSentence(hint, verdict.hint ?? '');
    this.#showRemedy(offersRemedy ? verdict.remedy : undefined);
    const facts: [string, string][] = [
      [say`Expected`, verdict.expected],
      [say`Found`, verdict.observed],
      [say`Where`, verdict.where],
      [say`When`, new Date(verdict.evaluatedAt).toLocaleTimeString(pageLocale)],
    ];
    const shown = facts.filter(([, value]) => value !== '');
    this.#part('facts').replaceChildren(
      ...shown.flatMap(([name, value]) => [makeElement('dt', {}, name), describe(value)]),
    );
    this.#part('detail').hidden = verdict.status === 'waiting' || shown.length < 2;
  }

  /** The sentence under the label; empty hides it. */
  say(sentence: string): void {
    const element = this.#part('sentence');
    element.hidden = sentence === '';
    writeSentence(element, sentence);
  }

  async #submit(
    form: HTMLFormElement,
    answer: string,
    onAnswer: CheckLineOptions['onAnswer'],
  ): Promise<void> {
    const button = form.querySelector('button');
    if (button) button.disabled = true;
    await onAnswer({ checkId: this.checkId, answer });
    if (button) button.disabled = false;
  }

  #showRemedy(remedy: Verdict['remedy']): void {
    const place = this.#part('remedy');
    // The same remedy keeps its button, or a click that falls into an update would be lost.
    if (place.dataset.remedy === (remedy ?? '')) return;
    place.dataset.remedy = remedy ?? '';
    place.hidden = remedy === undefined;
    place.replaceChildren();
    if (remedy === 'start-docker') {
      place.append(
        makeButton(say`Start Docker again`, {
          class: 'button is-small is-primary',
          onPress: () => void lessonPage.machine.startDocker(),
        }),
      );
    } else if (remedy === 'open-terminal') {
      const focusTerminal = (): void =>
        document.querySelector<HTMLElement>('#terminal .screen:not([hidden])')?.focus();
      place.append(makeButton(say`To the terminal`, { class: 'button is-small', onPress: focusTerminal }));
    } else if (remedy === 'retry') {
      place.append(makeButton(say`Look again`, { class: 'button is-small', onPress: this.#onRetry }));
    }
  }

  #part(name: string): HTMLElement {
    const element = this.#line.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!element)
      throw new Error(
        `check ${this.checkId} has no part "${name}": the page and its script are of two builds`,
      );
    return element;
  }
}
