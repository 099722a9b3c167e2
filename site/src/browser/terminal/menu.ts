import { makeElement } from '../page/element.ts';

export interface MenuItem {
  text: string;
  /** The chord that does the same. */
  keys?: string;
  /** For a switch: whether it is on. */
  checked?: boolean;
  onPick: () => void;
}

export interface MenuOptions {
  label: string;
  /** Groups with a line between them. */
  groups: MenuItem[][];
  /** Where it opens: below this element, or at a point. */
  at: HTMLElement | { x: number; y: number };
}

let close: (() => void) | null = null;

/** A menu by the ARIA pattern: arrow keys and first letters move, Escape closes and gives the focus back. */
export function openMenu({ label, groups, at }: MenuOptions): void {
  close?.();
  const before = document.activeElement;
  const items = groups.map((group) => group.map(makeItem));
  const all = items.flat();
  const children = items.flatMap((group, index) =>
    index === 0 ? group : [makeElement('hr', { attributes: { role: 'separator' } }), ...group],
  );
  const menu = makeElement(
    'div',
    { class: 'menu', attributes: { role: 'menu', 'aria-label': label, popover: 'manual', tabindex: -1 } },
    ...children,
  );

  function makeItem(item: MenuItem): HTMLElement {
    const isSwitch = item.checked !== undefined;
    return makeElement(
      'button',
      {
        attributes: {
          type: 'button',
          role: isSwitch ? 'menuitemcheckbox' : 'menuitem',
          tabindex: -1,
          'aria-checked': item.checked === undefined ? undefined : String(item.checked),
          'aria-keyshortcuts': item.keys?.replaceAll(' ', ''),
        },
        on: {
          click: () => {
            end({ refocus: true });
            item.onPick();
          },
        },
      },
      makeElement('span', {}, item.text),
      item.keys !== undefined && makeElement('kbd', {}, item.keys),
    );
  }

  function moveBy(event: KeyboardEvent): void {
    const index = all.indexOf(document.activeElement as HTMLElement);
    const targets: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: all.length - 1,
    };
    const letter = event.key.toLowerCase();
    const byLetter = [...all.slice(index + 1), ...all].find((one) =>
      one.textContent?.toLowerCase().startsWith(letter),
    );
    const target = targets[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') end({ refocus: true });
    else if (target !== undefined) all.at(target % all.length)?.focus();
    else if (letter.length === 1 && letter !== ' ' && byLetter) byLetter.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function end({ refocus }: { refocus: boolean }): void {
    if (close !== endByOther) return;
    close = null;
    document.removeEventListener('pointerdown', onOutside, { capture: true });
    menu.remove();
    if (refocus && before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
  const endByOther = (): void => end({ refocus: false });
  const onOutside = (event: Event): void => {
    if (!menu.contains(event.target as Node)) endByOther();
  };

  close = endByOther;
  menu.addEventListener('keydown', moveBy);
  document.addEventListener('pointerdown', onOutside, { capture: true });
  document.body.append(menu);
  menu.showPopover();
  place(menu, at);
  all[0]?.focus();
}

function place(menu: HTMLElement, at: MenuOptions['at']): void {
  const point =
    at instanceof HTMLElement
      ? { x: at.getBoundingClientRect().left, y: at.getBoundingClientRect().bottom + 4 }
      : at;
  const { width, height } = menu.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  menu.style.left = `${Math.max(8, Math.min(point.x, clientWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(point.y, clientHeight - height - 8))}px`;
}
