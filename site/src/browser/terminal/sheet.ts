import { say } from '../page/say.ts';
import { icons, makeElement, makeIcon } from '../page/element.ts';
import { Signal } from '../page/signal.ts';

/** On a narrow screen the terminal is a sheet at the bottom; on a wide one it is always open. */
export class Sheet {
  /** Whether the terminal can be seen. */
  readonly open: Signal<boolean>;
  readonly toggle: HTMLButtonElement;
  readonly #side: HTMLElement | null;
  readonly #narrow = matchMedia('(max-width: 60rem)');
  #pulledUp = false;

  constructor(panel: HTMLElement) {
    this.#side = panel.closest<HTMLElement>('.terminal-side');
    this.open = new Signal(!this.#narrow.matches);
    this.toggle = makeElement(
      'button',
      {
        class: 'sheet-toggle',
        attributes: { type: 'button' },
        on: { click: () => this.pull(!this.#pulledUp) },
      },
      makeIcon(icons.up),
      say`Terminal`,
    );
    this.#narrow.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  pull(up: boolean): void {
    this.#pulledUp = up;
    this.#apply();
  }

  #apply(): void {
    this.#side?.toggleAttribute('data-open', this.#pulledUp);
    this.toggle.setAttribute('aria-expanded', String(this.#pulledUp));
    const open = !this.#narrow.matches || this.#pulledUp;
    if (open !== this.open.value) this.open.set(open);
  }
}
