import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import type { Shell } from './shell.ts';
import type { Shells } from './shells.ts';

export interface TabStripOptions {
  shells: Shells;
  onSelect: (shell: Shell) => void;
  onClose: (shell: Shell) => void;
}

/** The tabs of the shells, by the ARIA tabs pattern: arrow keys move, Delete closes. */
export function makeTabStrip({ shells, onSelect, onClose }: TabStripOptions): HTMLElement {
  const strip = makeElement('div', {
    class: 'tablist',
    attributes: { role: 'tablist', 'aria-label': 'Shells' },
  });

  function makeTab(shell: Shell): HTMLElement {
    const selected = shells.active.value === shell;
    const tab = makeElement(
      'button',
      {
        attributes: {
          type: 'button',
          role: 'tab',
          'aria-selected': String(selected),
          tabindex: selected ? 0 : -1,
        },
        on: { click: () => onSelect(shell), keydown: (event) => moveByKey(event, shell) },
      },
      shell.label,
    );
    const close = makeButton(makeIcon(icons.close, 12), {
      class: 'tab-close',
      label: `Close ${shell.label}`,
      onPress: () => onClose(shell),
    });
    // A tablist holds tabs alone; the Delete key closes for those who do not see the cross.
    close.tabIndex = -1;
    close.setAttribute('aria-hidden', 'true');
    return makeElement('div', { class: 'tab', attributes: { role: 'presentation' } }, tab, close);
  }

  function moveByKey(event: KeyboardEvent, shell: Shell): void {
    const all = shells.list.value;
    const index = all.indexOf(shell);
    const targets: Record<string, number> = {
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: all.length - 1,
    };
    if (event.key === 'Delete') return onClose(shell);
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = all[(target + all.length) % all.length];
    if (next) onSelect(next);
    strip.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  function render(): void {
    const hadFocus = strip.contains(document.activeElement);
    strip.replaceChildren(...shells.list.value.map(makeTab));
    const selected = strip.querySelector<HTMLElement>('[aria-selected="true"]');
    selected?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (hadFocus) selected?.focus();
  }

  shells.list.watch(render);
  shells.active.watch(render);
  return strip;
}
