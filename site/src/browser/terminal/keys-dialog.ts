import { nameKeys } from '../page/key-names.ts';
import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';
import { chords, sizeKeys } from './chords.ts';

/** The keys that the page takes, and those of the shell that a beginner looks for. */
export async function showKeys(): Promise<void> {
  const ours: [string, string][] = [
    ...Object.values(chords).map(({ keys, does }): [string, string] => [keys, does]),
    [sizeKeys.keys, sizeKeys.does],
    [nameKeys('Enter'), say`on the focused terminal: type in it`],
    [
      nameKeys('F2, Delete'),
      say`on a tab: rename it, close it; ← and → go to the next, with Ctrl+Shift they move it`,
    ],
  ];
  const clipboard: [string, string][] = [
    [nameKeys('Ctrl+C'), say`copies where something is selected, interrupts the program where nothing is`],
    [nameKeys('Ctrl+V'), say`pastes; Ctrl+Shift+V and Shift+Insert do so too`],
    [nameKeys('Ctrl+Shift+C'), say`copies and never interrupts`],
    ['Cmd+C, Cmd+V', say`on a Mac, where Ctrl is left to the shell`],
  ];
  const shell: [string, string][] = [
    [nameKeys('Ctrl+C'), say`ends the program that runs`],
    [nameKeys('Ctrl+D'), say`ends the input, and at a prompt the shell`],
    [nameKeys('Ctrl+L'), say`clears the screen`],
    [nameKeys('Ctrl+R'), say`searches the commands of before`],
    ['Tab', say`completes the word; twice shows the choices`],
    ['↑ ↓', say`earlier commands`],
  ];
  const note = say`The browser keeps Ctrl+W, Ctrl+T and Ctrl+N for itself: they close and open its tabs, also from here.`;
  await showDialog({
    title: say`Keys in the terminal`,
    content: [
      ...listKeys(say`Of this page`, ours),
      ...listKeys(say`Copy and paste`, clipboard),
      ...listKeys(say`Of the shell`, shell),
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
