import { say } from '../page/say.ts';
import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import { openMenu, type MenuItem } from './menu.ts';

export interface PanelTool {
  icon: keyof typeof icons;
  label: string;
  /** Not on a phone, where there is no room for it; what is of use there too, the menu has as well. */
  wideOnly?: boolean;
  onPress: () => void;
  /** For a switch. */
  pressed?: () => boolean;
}

/** The buttons before the terminal: those used most, and a menu of all that can be done with it. */
export function makePanelTools(options: { tools: PanelTool[]; menu: () => MenuItem[][] }): {
  element: HTMLElement;
  /** Brings the switches up to date. */
  refresh: () => void;
} {
  const buttons = options.tools.map((tool) => {
    const button = makeButton(makeIcon(icons[tool.icon]), {
      class: tool.wideOnly ? 'icon-button is-wide-only' : 'icon-button',
      label: tool.label,
      onPress: () => {
        tool.onPress();
        refresh();
      },
    });
    return { button, tool };
  });
  const more = makeButton(makeIcon(icons.more), {
    class: 'icon-button',
    label: say`All that the terminal can do`,
    onPress: () => openMenu({ label: say`Terminal`, groups: options.menu(), at: more }),
  });
  more.setAttribute('aria-haspopup', 'menu');

  function refresh(): void {
    for (const { button, tool } of buttons)
      if (tool.pressed) button.setAttribute('aria-pressed', String(tool.pressed()));
  }
  refresh();
  return {
    element: makeElement('div', { class: 'tab-tools' }, ...buttons.map(({ button }) => button), more),
    refresh,
  };
}
