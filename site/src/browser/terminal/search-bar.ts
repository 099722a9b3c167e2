import { say } from '../page/say.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import type { Shell } from './shell.ts';

/** Searches what the shell in front has printed. Enter goes to the one before, Shift+Enter to the next, Escape closes. */
export class SearchBar {
  readonly element: HTMLElement;
  readonly #field = makeElement('input', {
    class: 'search-field',
    attributes: {
      type: 'search',
      'aria-label': say`Search in the terminal`,
      spellcheck: 'false',
      autocomplete: 'off',
    },
  });
  readonly #count = makeElement('span', { class: 'search-count', attributes: { role: 'status' } });
  readonly #case: HTMLButtonElement;
  readonly #shell: () => Shell | null;
  #stopCounting: (() => void) | null = null;

  constructor({ shell }: { shell: () => Shell | null }) {
    this.#shell = shell;
    this.#case = makeButton('Aa', {
      class: 'icon-button',
      label: say`Upper and lower case differ`,
      onPress: () => {
        this.#case.setAttribute('aria-pressed', String(!this.#matchesCase));
        this.#find('here');
      },
    });
    this.#case.setAttribute('aria-pressed', 'false');
    const step = (icon: string, label: string, way: 'before' | 'after'): HTMLButtonElement =>
      makeButton(makeIcon(icon), { class: 'icon-button', label, onPress: () => this.#find(way) });
    this.element = makeElement(
      'div',
      { class: 'panel-search', attributes: { role: 'search', 'aria-label': say`Terminal` } },
      this.#field,
      this.#count,
      this.#case,
      step(icons.up, say`The match before`, 'before'),
      step(icons.down, say`The next match`, 'after'),
      makeButton(makeIcon(icons.close), {
        class: 'icon-button',
        label: say`Close the search`,
        onPress: () => this.close(),
      }),
    );
    this.element.hidden = true;
    this.#field.addEventListener('input', () => this.#find('here'));
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
      else if (event.key === 'Enter' && event.target === this.#field)
        this.#find(event.shiftKey ? 'after' : 'before');
      else return;
      event.preventDefault();
    });
  }

  open(): void {
    this.element.hidden = false;
    const selected = this.#shell()?.emulator?.selection ?? '';
    if (selected !== '' && !selected.includes('\n')) this.#field.value = selected;
    this.#field.focus();
    this.#field.select();
    this.#find('here');
  }

  /** Back to the terminal, where the match stays selected. */
  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#stopCounting?.();
    this.#stopCounting = null;
    const emulator = this.#shell()?.emulator;
    emulator?.search.stop();
    emulator?.focus();
  }

  /** Another shell came to the front. */
  follow(): void {
    if (!this.element.hidden) this.#find('here');
  }

  get #matchesCase(): boolean {
    return this.#case.getAttribute('aria-pressed') === 'true';
  }

  #find(way: 'before' | 'after' | 'here'): void {
    const search = this.#shell()?.emulator?.search;
    this.#stopCounting?.();
    if (!search) return;
    this.#stopCounting = search.onCount((at, count) => this.#showCount(at, count));
    const found = search.find(this.#field.value, { way, matchCase: this.#matchesCase });
    if (!found) this.#showCount(-1, 0);
  }

  #showCount(at: number, count: number): void {
    if (this.#field.value === '') this.#count.textContent = '';
    else if (count === 0) this.#count.textContent = say`No match`;
    else this.#count.textContent = at < 0 ? say`${count} matches` : say`${at + 1} of ${count}`;
  }
}
