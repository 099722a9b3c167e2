import { say } from '../page/say.ts';
import { makeButton, makeElement } from '../page/element.ts';

export interface Notice {
  text: string;
  tone?: string;
  actions?: { text: string; onPress: () => void }[];
}

/** One sentence below a terminal or the panel, with what can be done about it. */
export class NoticeBar {
  readonly element = makeElement('div', { class: 'panel-notice', attributes: { role: 'status' } });
  #shown = '';

  constructor() {
    this.element.hidden = true;
  }

  show({ text, tone, actions = [] }: Notice): void {
    const shown = JSON.stringify([text, tone, actions.map((action) => action.text)]);
    // Said anew it would be read out anew.
    if (shown === this.#shown && !this.element.hidden) return;
    this.#shown = shown;
    const buttons = actions.map((action, index) =>
      makeButton(action.text, {
        class: index === 0 ? 'button is-small is-primary' : 'button is-small',
        onPress: action.onPress,
      }),
    );
    if (actions.length === 0) {
      buttons.push(makeButton(say`Dismiss`, { class: 'button is-small', onPress: () => this.hide() }));
    }
    this.element.dataset.tone = tone ?? '';
    this.element.hidden = false;
    this.element.replaceChildren(makeElement('p', {}, text), ...buttons);
  }

  hide(): void {
    this.element.hidden = true;
  }
}
