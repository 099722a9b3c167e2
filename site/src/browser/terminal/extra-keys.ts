import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import type { Shell } from './shell.ts';
import type { StickyKey, StickyKeys } from './sticky-keys.ts';

interface ExtraKey {
  text: string;
  name: string;
  /** Sent when pressed; arrows differ while a program has asked for their application form. */
  input: (shell: Shell) => string;
}

const arrow = (letter: string) => (shell: Shell) =>
  (shell.emulator?.applicationCursorKeys ? '\u001bO' : '\u001b[') + letter;
const fixed = (input: string) => () => input;

const keys: readonly ExtraKey[] = [
  { text: say`Esc`, name: 'Escape', input: fixed('\u001b') },
  { text: 'Tab', name: 'Tab', input: fixed('\t') },
  { text: '←', name: say`Left`, input: arrow('D') },
  { text: '↓', name: say`Down`, input: arrow('B') },
  { text: '↑', name: say`Up`, input: arrow('A') },
  { text: '→', name: say`Right`, input: arrow('C') },
  { text: '|', name: say`Pipe`, input: fixed('|') },
  { text: '/', name: say`Slash`, input: fixed('/') },
  { text: '-', name: say`Minus`, input: fixed('-') },
  { text: '~', name: say`Tilde`, input: fixed('~') },
];

const sticky: readonly { key: StickyKey; text: string; name: string }[] = [
  { key: 'ctrl', text: say`Ctrl`, name: say`Control, for the next key` },
  { key: 'alt', text: say`Alt`, name: say`Alt, for the next key` },
];

/** The row of keys that a touch screen's keyboard lacks. `showHeld` tells it what is held for the next key. */
export function makeExtraKeys(options: {
  shell: () => Shell | null;
  held: () => StickyKeys;
  onCompose: () => void;
}): {
  row: HTMLElement;
  showHeld: (held: ReadonlySet<StickyKey>) => void;
} {
  const row = makeElement('div', {
    class: 'panel-keys',
    attributes: { role: 'toolbar', 'aria-label': say`Terminal keys` },
  });
  const addKey = (text: string, name: string, press: () => void): HTMLElement =>
    row.appendChild(
      makeElement(
        'button',
        {
          attributes: { type: 'button', 'aria-label': name },
          // The press must not take the focus from the terminal, or the keyboard would close.
          on: { pointerdown: (event) => event.preventDefault(), click: press },
        },
        text,
      ),
    );
  addKey(say`Line`, say`Type a whole line`, options.onCompose);
  const holders = sticky.map(({ key, text, name }) => {
    const button = addKey(text, name, () => options.held().toggle(key));
    button.setAttribute('aria-pressed', 'false');
    return { key, button };
  });
  for (const { text, name, input } of keys) {
    addKey(text, name, () => {
      const shell = options.shell();
      if (shell) shell.emulator?.type(input(shell));
    });
  }
  return {
    row,
    showHeld(held) {
      for (const { key, button } of holders) button.setAttribute('aria-pressed', String(held.has(key)));
    },
  };
}
