import { makeElement } from '../page/element.ts';
import type { Shell } from './shell.ts';
import type { StickyControl } from './sticky-control.ts';

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
  { text: 'Esc', name: 'Escape', input: fixed('\u001b') },
  { text: 'Tab', name: 'Tab', input: fixed('\t') },
  { text: '←', name: 'Left', input: arrow('D') },
  { text: '↓', name: 'Down', input: arrow('B') },
  { text: '↑', name: 'Up', input: arrow('A') },
  { text: '→', name: 'Right', input: arrow('C') },
  { text: '|', name: 'Pipe', input: fixed('|') },
  { text: '/', name: 'Slash', input: fixed('/') },
  { text: '-', name: 'Minus', input: fixed('-') },
];

/** The row of keys that a touch screen's keyboard lacks. `showControl` tells it whether Ctrl is held. */
export function makeExtraKeys(options: { shell: () => Shell | null; control: () => StickyControl }): {
  row: HTMLElement;
  showControl: (on: boolean) => void;
} {
  const row = makeElement('div', {
    class: 'panel-keys',
    attributes: { role: 'toolbar', 'aria-label': 'Terminal keys' },
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
  const control = addKey('Ctrl', 'Control, for the next key', () => options.control().toggle());
  control.setAttribute('aria-pressed', 'false');
  for (const { text, name, input } of keys) {
    addKey(text, name, () => {
      const shell = options.shell();
      if (shell) shell.emulator?.type(input(shell));
    });
  }
  return { row, showControl: (on) => control.setAttribute('aria-pressed', String(on)) };
}
