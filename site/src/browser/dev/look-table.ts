import type { LookTrace, TracedQuestion } from '../../../../protocol/dev-api.ts';
import { statusWords } from '../exercise/status-words.ts';
import { makeElement, writeSentence } from '../page/element.ts';
import { pageLocale, say } from '../page/say.ts';

/** The latest look at each exercise of the page: what was asked of the machine, and what came of it. */
export class LookTable {
  readonly element = makeElement(
    'div',
    { class: 'looks' },
    makeElement('p', {}, say`Nothing was looked at yet.`),
  );
  readonly #exercises = new Map<string, HTMLDetailsElement>();

  show(trace: LookTrace): void {
    if (this.#exercises.size === 0) this.element.replaceChildren();
    const { exerciseId, at, ms, questions, verdicts } = trace;
    let exercise = this.#exercises.get(exerciseId);
    if (!exercise) {
      exercise = makeElement('details', { class: 'look', attributes: { open: this.#exercises.size === 0 } });
      this.#exercises.set(exerciseId, exercise);
      this.element.append(exercise);
    }
    const time = new Date(at).toLocaleTimeString(pageLocale);
    const slug = exerciseId.split('/').at(-1) ?? exerciseId;
    exercise.replaceChildren(
      makeElement('summary', {}, makeElement('code', {}, slug), ` ${time}, ${ms} ms`),
      makeElement(
        'ul',
        { class: 'look-verdicts', attributes: { role: 'list' } },
        ...verdicts.map(verdictLine),
      ),
      makeElement(
        'ul',
        { class: 'look-questions', attributes: { role: 'list' } },
        ...questions.map(questionLine),
      ),
    );
  }
}

function verdictLine({ checkId, status, sentence }: LookTrace['verdicts'][number]): HTMLElement {
  const words = makeElement('span');
  writeSentence(words, sentence);
  return makeElement(
    'li',
    { attributes: { 'data-status': status } },
    makeElement('strong', {}, `${checkId}: ${statusWords[status]} `),
    words,
  );
}

function questionLine({ question, checks, ms, answer, ok }: TracedQuestion): HTMLElement {
  const head = makeElement(
    'summary',
    {},
    makeElement('code', {}, question),
    ok ? say` ${ms} ms, for ${checks.join(', ')}` : say` ${ms} ms, for ${checks.join(', ')}, not seen`,
  );
  return makeElement(
    'li',
    {},
    makeElement('details', {}, head, makeElement('pre', { attributes: { tabindex: 0 } }, answer)),
  );
}
