import { makeElement } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';
import { chords, sizeKeys } from './chords.ts';

/** The keys that the page takes, and those of the shell that a beginner looks for. */
export async function showKeys(): Promise<void> {
  const ours: [string, string][] = [
    ...Object.values(chords).map(({ keys, does }): [string, string] => [keys, does]),
    [sizeKeys.keys, sizeKeys.does],
    ['Enter', 'on the focused terminal: type in it'],
    ['F2, Delete', 'on a tab: rename it, close it; ← and → go to the next, with Ctrl+Shift they move it'],
  ];
  const clipboard: [string, string][] = [
    ['Ctrl+C', 'copies where something is selected, interrupts the program where nothing is'],
    ['Ctrl+V', 'pastes; Ctrl+Shift+V and Shift+Insert do so too'],
    ['Ctrl+Shift+C', 'copies and never interrupts'],
    ['Cmd+C, Cmd+V', 'on a Mac, where Ctrl is left to the shell'],
  ];
  const shell: [string, string][] = [
    ['Ctrl+C', 'ends the program that runs'],
    ['Ctrl+D', 'ends the input, and at a prompt the shell'],
    ['Ctrl+L', 'clears the screen'],
    ['Ctrl+R', 'searches the commands of before'],
    ['Tab', 'completes the word; twice shows the choices'],
    ['↑ ↓', 'earlier commands'],
  ];
  const note =
    'The browser keeps Ctrl+W, Ctrl+T and Ctrl+N for itself: they close and open its tabs, also from here.';
  await showDialog({
    title: 'Keys in the terminal',
    content: [
      ...listKeys('Of this page', ours),
      ...listKeys('Copy and paste', clipboard),
      ...listKeys('Of the shell', shell),
      makeElement('p', {}, note),
    ],
    wide: true,
  });
}

function listKeys(title: string, rows: [string, string][]): HTMLElement[] {
  const list = makeElement('dl', { class: 'key-list' });
  for (const [key, text] of rows) {
    list.append(makeElement('dt', {}, makeElement('kbd', {}, key)), makeElement('dd', {}, text));
  }
  return [makeElement('h3', { class: 'key-title' }, title), list];
}
