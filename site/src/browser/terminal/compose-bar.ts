import { say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { makeElement } from '../page/element.ts';
import { describeShell } from './shell-notice.ts';
import type { Shell } from './shell.ts';

/**
 * A line typed outside the terminal and sent whole: for keyboards that correct what was typed, for dictation, and for whoever
 * would rather look at a command before it runs.
 */
export class ComposeBar {
  readonly element: HTMLElement;
  readonly #field = makeElement('textarea', {
    attributes: {
      'aria-label': say`Line for the terminal`,
      rows: 1,
      autocapitalize: 'off',
      autocomplete: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      enterkeyhint: 'send',
      placeholder: say`A line for the terminal`,
    },
  });
  readonly #shell: () => Shell | null;

  constructor({ shell }: { shell: () => Shell | null }) {
    this.#shell = shell;
    this.element = makeElement(
      'form',
      {
        class: 'panel-compose',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.#send();
          },
        },
      },
      this.#field,
      makeElement('button', { class: 'button is-primary', attributes: { type: 'submit' } }, say`Send`),
    );
    this.element.hidden = true;
    this.#field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.toggle();
      else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#send();
      else return;
      event.preventDefault();
    });
  }

  toggle(): void {
    this.element.hidden = !this.element.hidden;
    if (this.element.hidden) this.#shell()?.focus();
    else this.#field.focus();
  }

  /** As one paste, with Enter after it; the field keeps the focus, or the keyboard would close. */
  #send(): void {
    const shell = this.#shell();
    const emulator = shell?.emulator;
    if (!emulator) return;
    if (!shell.takesInput) {
      // The line stays: nobody would type it twice.
      shell.wake();
      return announce(describeShell(shell.status, shell.role)?.text ?? say`The terminal is not connected.`);
    }
    if (this.#field.value !== '') emulator.paste(this.#field.value);
    emulator.type('\r');
    this.#field.value = '';
    this.#field.focus();
  }
}
