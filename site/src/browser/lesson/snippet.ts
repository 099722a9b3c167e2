import { say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { copyText } from '../page/clipboard.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import type { RunRefusal } from '../terminal/active-shell.ts';
import { lessonPage } from './lesson-context.ts';

/** For how long a button says that it has done it, milliseconds. */
const doneForMs = 1_600;

/** `<camp-snippet data-code data-run>`: Copy, and Run where the block is meant to be run, beside a block of code. */
export class Snippet extends HTMLElement {
  readonly #why = makeElement('p', { class: 'snippet-why' });

  connectedCallback(): void {
    const code = this.dataset.code ?? '';
    if (this.dataset.run !== undefined) this.append(this.#makeRun());
    this.append(this.#makeCopy(code));
    this.#why.hidden = true;
    this.after(this.#why);
  }

  #makeRun(): HTMLButtonElement {
    const run = makeButton(makeIcon(icons.play, 14), {
      class: 'snippet-run',
      onPress: (event) => void this.#run({ focus: event.detail > 0 }),
    });
    run.append(say`Run`);
    let wasReady = false;
    lessonPage.activeShell.watch((shell) => {
      // aria-disabled and not disabled: it can still be reached, and then says why.
      run.setAttribute('aria-disabled', String(!shell.ready));
      run.title = shell.ready ? say`Type this into the terminal and press Enter` : shell.reason;
      // Only what was said of a terminal that was not ready is out of date then.
      if (shell.ready && !wasReady) this.#why.hidden = true;
      wasReady = shell.ready;
    });
    return run;
  }

  async #run(how: { focus: boolean }): Promise<void> {
    const shell = lessonPage.activeShell.value;
    const block = {
      lesson: lessonPage.lessonId,
      block: Number(this.dataset.block),
      digest: this.dataset.digest ?? '',
    };
    this.#tell(shell.ready ? await shell.run(block, how) : { text: shell.reason });
  }

  /** That it was typed, or why not and what can be done instead. */
  #tell(refusal: RunRefusal | null): void {
    this.#why.hidden = refusal === null;
    announce(refusal?.text ?? say`Typed into the terminal.`);
    if (!refusal) return;
    const { text, whenReady } = refusal;
    this.#why.replaceChildren(makeElement('span', {}, text));
    if (!whenReady) return;
    this.#why.append(
      makeButton(say`Run it when the prompt is back`, {
        class: 'button is-small',
        onPress: () => {
          this.#why.replaceChildren(say`It will be typed when the prompt is back.`);
          void whenReady().then((later) => this.#tell(later));
        },
      }),
      makeButton(say`Type it without Enter`, {
        class: 'button is-small',
        onPress: () => {
          const shell = lessonPage.activeShell.value;
          if (shell.ready) shell.insert(this.dataset.code ?? '');
          this.#why.hidden = true;
        },
      }),
    );
  }

  #makeCopy(code: string): HTMLButtonElement {
    const copy = makeButton(makeIcon(icons.copy), {
      class: 'snippet-copy',
      label: say`Copy`,
      onPress: () => {
        if (!copyText(code)) return announce(say`The browser refused to copy.`);
        copy.dataset.done = '';
        copy.replaceChildren(makeIcon(icons.done));
        announce(say`Copied.`);
        setTimeout(() => {
          delete copy.dataset.done;
          copy.replaceChildren(makeIcon(icons.copy));
        }, doneForMs);
      },
    });
    return copy;
  }
}
