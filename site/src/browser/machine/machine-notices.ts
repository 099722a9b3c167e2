import { say } from '../page/say.ts';
import { lessonPage } from '../lesson/lesson-context.ts';
import { announce } from '../page/announcer.ts';
import { makeButton, makeElement, writeSentence } from '../page/element.ts';
import { describeTimeAloud, describeTimeLeft } from './lifetime-text.ts';
import type { MachineNotice } from './machine-notice.ts';

/** `<camp-machine-notices>`: what there is to say of the machine, beside its panel and never in the terminal. */
export class MachineNotices extends HTMLElement {
  readonly #shown = new Map<string, { notice: MachineNotice; element: HTMLElement; end: () => void }>();

  connectedCallback(): void {
    lessonPage.machine.notices.watch((notices) => this.#show(notices));
  }

  #show(notices: readonly MachineNotice[]): void {
    for (const [id, { end }] of this.#shown) {
      if (notices.some((notice) => notice.id === id)) continue;
      end();
      this.#shown.delete(id);
    }
    for (const notice of notices) this.#showOne(notice);
    this.hidden = this.#shown.size === 0;
  }

  #showOne(notice: MachineNotice): void {
    const before = this.#shown.get(notice.id);
    const spoken = before?.notice.text === notice.text;
    const sameButtons = before?.notice.action?.text === notice.action?.text;
    // A button that somebody is about to press stays where it is.
    if (
      before &&
      spoken &&
      sameButtons &&
      before.notice.endsAtMs === undefined &&
      notice.endsAtMs === undefined
    )
      return;
    const { element, end } = makeNotice(notice);
    if (before) {
      const focused = before.element.contains(document.activeElement);
      before.element.replaceWith(element);
      before.end();
      if (focused) element.querySelector('button')?.focus();
    } else this.append(element);
    this.#shown.set(notice.id, { notice, element, end });
    if (!spoken) announce(aloud(notice));
  }
}

function aloud({ text, endsAtMs, action }: MachineNotice): string {
  const time = endsAtMs === undefined ? '' : ` ${describeTimeAloud(endsAtMs - performance.now())}.`;
  const button = action === undefined ? '' : say` There is a button: ${action.text}.`;
  return `${text}${time}${button}`;
}

function makeNotice(notice: MachineNotice): { element: HTMLElement; end: () => void } {
  const { text, endsAtMs, action, dismiss } = notice;
  const words = makeElement('p');
  writeSentence(words, text);
  let timer: ReturnType<typeof setInterval> | undefined;
  if (endsAtMs !== undefined) {
    // Not a live region: it would speak every second.
    const left = makeElement('span', { class: 'time-left', attributes: { role: 'timer' } });
    const write = (): void => {
      left.textContent = describeTimeLeft(endsAtMs - performance.now());
    };
    write();
    timer = setInterval(write, 500);
    words.append(' ', left, '.');
  }
  const element = makeElement(
    'div',
    { class: 'machine-notice', attributes: { 'data-notice': notice.id } },
    words,
  );
  if (action) {
    const button = makeButton(action.text, {
      class: 'button is-small is-primary',
      onPress: () => {
        button.disabled = true;
        void action.press().finally(() => (button.disabled = false));
      },
    });
    element.append(button);
  }
  if (dismiss) element.append(makeButton(say`Dismiss`, { class: 'button is-small', onPress: dismiss }));
  return {
    element,
    end: () => {
      clearInterval(timer);
      element.remove();
    },
  };
}
