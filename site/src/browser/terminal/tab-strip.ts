import { say } from '../page/say.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import { openMenu, type MenuItem } from './menu.ts';
import type { Shell } from './shell.ts';
import type { Shells } from './shells.ts';
import { editName } from './tab-rename.ts';

export interface TabStripOptions {
  shells: Shells;
  onSelect: (shell: Shell) => void;
  onClose: (shell: Shell) => void;
  onRename: (shell: Shell, name: string | null) => void;
  onSplit: () => void;
}

/** The tabs of the shells, by the ARIA tabs pattern: arrow keys move, Delete closes, F2 renames. */
export class TabStrip {
  readonly element = makeElement('div', {
    class: 'tablist',
    attributes: { role: 'tablist', 'aria-label': say`Shells` },
  });
  readonly #options: TabStripOptions;
  #renaming = false;

  constructor(options: TabStripOptions) {
    this.#options = options;
    const { list, active, shown } = options.shells;
    for (const signal of [list, active, shown]) signal.watch(() => this.#render());
  }

  rename(shell: Shell): void {
    const tab = this.element.querySelector<HTMLElement>(`[data-shell="${shell.number}"]`);
    if (!tab || this.#renaming) return;
    this.#renaming = true;
    editName({
      tab,
      name: shell.label,
      onEnd: (name) => {
        this.#renaming = false;
        // Its own number is no name.
        if (name !== undefined && name !== shell.label) this.#options.onRename(shell, name);
        this.#render();
        this.element.querySelector<HTMLElement>(`[data-shell="${shell.number}"]`)?.focus();
      },
    });
  }

  /** What can be done with one tab. */
  items(shell: Shell): MenuItem[] {
    const { shells, onClose, onSplit } = this.#options;
    const index = shells.list.value.indexOf(shell);
    return [
      { text: say`Rename`, keys: 'F2', onPick: () => this.rename(shell) },
      ...(index > 0 ? [{ text: say`Move left`, onPick: () => shells.move(shell, -1) }] : []),
      ...(index < shells.list.value.length - 1
        ? [{ text: say`Move right`, onPick: () => shells.move(shell, 1) }]
        : []),
      { text: shells.shown.value.right ? say`Show one terminal` : say`Two side by side`, onPick: onSplit },
      { text: say`Close`, keys: say`Delete`, onPick: () => onClose(shell) },
    ];
  }

  #render(): void {
    if (this.#renaming) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren(...this.#options.shells.list.value.map((shell) => this.#makeTab(shell)));
    const selected = this.element.querySelector<HTMLElement>('[aria-selected="true"]');
    selected?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (hadFocus) selected?.focus();
  }

  #makeTab(shell: Shell): HTMLElement {
    const { shells, onSelect, onClose } = this.#options;
    const { left, right } = shells.shown.value;
    const selected = shells.active.value === shell;
    const tab = makeElement(
      'button',
      {
        attributes: {
          type: 'button',
          role: 'tab',
          'aria-selected': String(selected),
          'aria-controls': shell.pane.id,
          tabindex: selected ? 0 : -1,
          'data-shell': shell.number,
          title: say`${shell.label} (double click to rename)`,
        },
        on: {
          click: () => onSelect(shell),
          dblclick: () => this.rename(shell),
          keydown: (event) => this.#moveByKey(event, shell),
        },
      },
      shell.label,
    );
    const close = makeButton(makeIcon(icons.close, 12), {
      class: 'tab-close',
      label: say`Close ${shell.label}`,
      onPress: () => onClose(shell),
    });
    // A tablist holds tabs alone; the Delete key closes for those who do not see the cross.
    close.tabIndex = -1;
    close.setAttribute('aria-hidden', 'true');
    const box = makeElement('div', { class: 'tab', attributes: { role: 'presentation' } }, tab, close);
    box.toggleAttribute('data-shown', shell === left || shell === right);
    box.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      tab.focus();
      const at = event.clientX > 0 ? { x: event.clientX, y: event.clientY } : tab;
      openMenu({ label: shell.label, groups: [this.items(shell)], at });
    });
    return box;
  }

  #moveByKey(event: KeyboardEvent, shell: Shell): void {
    const { shells, onClose, onSelect } = this.#options;
    const all = shells.list.value;
    const index = all.indexOf(shell);
    const targets: Record<string, number> = {
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: all.length - 1,
    };
    if (event.key === 'Delete') return onClose(shell);
    if (event.key === 'F2') return this.rename(shell);
    const target = targets[event.key];
    if (target === undefined || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (event.ctrlKey && event.shiftKey) return shells.move(shell, event.key === 'ArrowLeft' ? -1 : 1);
    const next = all[(target + all.length) % all.length];
    if (next) onSelect(next);
    this.element.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }
}
