import { makeButton, makeElement } from '../page/element.ts';

export interface Notice {
  text: string;
  action?: { text: string; onPress: () => void };
}

/** One sentence between terminal and status line, with what can be done about it. */
export class NoticeBar {
  readonly element = makeElement('div', { class: 'panel-notice', attributes: { role: 'status' } });

  constructor() {
    this.element.hidden = true;
  }

  show(notice: Notice): void {
    const buttons = notice.action
      ? makeButton(notice.action.text, {
          class: 'button is-small is-primary',
          onPress: notice.action.onPress,
        })
      : makeButton('Dismiss', { class: 'button is-small', onPress: () => this.hide() });
    this.element.replaceChildren(makeElement('p', {}, notice.text), buttons);
    this.element.hidden = false;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
