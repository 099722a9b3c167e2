import { announce } from '../page/announcer.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import { lessonPage } from './lesson-context.ts';

/** For how long a button says that it has done it, milliseconds. */
const doneForMs = 1_600;

/** `<camp-snippet data-code data-run>`: Copy, and Run where the block is meant to be run, beside a block of code. */
export class Snippet extends HTMLElement {
  readonly #why = makeElement('p', { class: 'snippet-why' });

  connectedCallback(): void {
    const code = this.dataset.code ?? '';
    if (this.dataset.run !== undefined) this.append(this.#makeRun(code));
    this.append(this.#makeCopy(code));
    this.#why.hidden = true;
    this.after(this.#why);
  }

  #makeRun(code: string): HTMLButtonElement {
    const run = makeButton(makeIcon(icons.play, 14), {
      class: 'snippet-run',
      onPress: (event) => void this.#run(code, { focus: event.detail > 0 }),
    });
    run.append('Run');
    let wasReady = false;
    lessonPage.activeShell.watch((shell) => {
      // aria-disabled and not disabled: it can still be reached, and then says why.
      run.setAttribute('aria-disabled', String(!shell.ready));
      run.title = shell.ready ? 'Type this into the terminal and press Enter' : shell.reason;
      // Only what was said of a terminal that was not ready is out of date then.
      if (shell.ready && !wasReady) this.#why.hidden = true;
      wasReady = shell.ready;
    });
    return run;
  }

  async #run(code: string, how: { focus: boolean }): Promise<void> {
    const shell = lessonPage.activeShell.value;
    const refusal = shell.ready ? await shell.run(code, how) : shell.reason;
    this.#why.hidden = refusal === null;
    this.#why.textContent = refusal;
    announce(refusal ?? 'Typed into the terminal.');
  }

  #makeCopy(code: string): HTMLButtonElement {
    const copy = makeButton(makeIcon(icons.copy), {
      class: 'snippet-copy',
      label: 'Copy',
      onPress: () => {
        if (!copyText(code)) return announce('The browser refused to copy.');
        copy.dataset.done = '';
        copy.replaceChildren(makeIcon(icons.done));
        announce('Copied.');
        setTimeout(() => {
          delete copy.dataset.done;
          copy.replaceChildren(makeIcon(icons.copy));
        }, doneForMs);
      },
    });
    return copy;
  }
}

/** By selection, since the clipboard interface is refused on plain HTTP, as in a classroom. */
function copyText(text: string): boolean {
  const focused = document.activeElement;
  const area = makeElement('textarea', { class: 'visually-hidden', attributes: { 'aria-hidden': 'true' } });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
