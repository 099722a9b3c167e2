import { icons, makeButton, makeElement, makeIcon } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';
import { recall, remember } from '../page/preference.ts';
import { escapeChord } from './escape-chord.ts';
import type { Shells } from './shells.ts';

/** Lines of the terminal that its text view shows. */
const textLines = 400;

export function prefersScreenReader(): boolean {
  return recall('screen-reader') === 'on';
}

/** Before the terminal: a switch for screen readers, the terminal as plain text, and the keys. */
export function makePanelTools(shells: Shells): HTMLElement {
  const reader = makeButton(makeIcon(icons.speech), {
    class: 'icon-button',
    label: 'Screen reader mode',
    onPress: () => {
      const on = !prefersScreenReader();
      remember('screen-reader', on ? 'on' : null);
      reader.setAttribute('aria-pressed', String(on));
      for (const shell of shells.list.value) shell.emulator?.setScreenReader(on);
    },
  });
  reader.setAttribute('aria-pressed', String(prefersScreenReader()));
  const asText = makeButton(makeIcon(icons.text), {
    class: 'icon-button',
    label: 'Read the terminal as text',
    onPress: () => void showAsText(shells),
  });
  const keys = makeButton(makeIcon(icons.keyboard), {
    class: 'icon-button',
    label: 'Keys in the terminal',
    onPress: () => void showKeys(),
  });
  return makeElement('div', { class: 'tab-tools' }, reader, asText, keys);
}

async function showAsText(shells: Shells): Promise<void> {
  const text = shells.active.value?.emulator?.readText().split('\n').slice(-textLines).join('\n') ?? '';
  const pre = makeElement(
    'pre',
    { attributes: { tabindex: 0, role: 'region', 'aria-label': 'Text of the terminal' } },
    text || 'The terminal is empty.',
  );
  const shown = showDialog({ title: 'The terminal as text', content: [pre], wide: true });
  pre.scrollTop = pre.scrollHeight;
  await shown;
}

async function showKeys(): Promise<void> {
  const rows: [string, string][] = [
    [escapeChord, 'from the terminal to the lesson and back; Tab and Escape belong to the shell'],
    ['Enter', 'on the focused terminal: type in it'],
    ['Ctrl+C', 'copies where something is selected, interrupts the program where nothing is'],
    [
      'Ctrl+V',
      'pastes; Ctrl+Shift+V does so too, Ctrl+Shift+C only copies, and on a Mac it is Cmd+C and Cmd+V',
    ],
    ['Ctrl+D', 'ends the input, and at a prompt the shell'],
    ['Ctrl+L', 'clears the screen'],
    ['Tab', 'completes the word, twice shows the choices'],
    ['↑ ↓', 'earlier commands'],
  ];
  const list = makeElement('dl', { class: 'key-list' });
  for (const [key, text] of rows) {
    list.append(makeElement('dt', {}, makeElement('kbd', {}, key)), makeElement('dd', {}, text));
  }
  const note =
    'The browser keeps Ctrl+W, Ctrl+T and Ctrl+N for itself: they close and open its tabs, also from here.';
  await showDialog({ title: 'Keys in the terminal', content: [list, makeElement('p', {}, note)] });
}
