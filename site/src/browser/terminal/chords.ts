import { nameKeys } from '../page/key-names.ts';
import { say } from '../page/say.ts';

/** The keys that the page takes before the terminal does. All others belong to the shell. */
export type Chord =
  | 'leave'
  | 'search'
  | 'new-shell'
  | 'split'
  | 'previous-shell'
  | 'next-shell'
  | 'previous-command'
  | 'next-command'
  | 'copy-output'
  | 'clear'
  | 'larger'
  | 'smaller'
  | 'usual-size';

interface ChordRow {
  keys: string;
  does: string;
  code: string;
}

/** With Ctrl and Shift, as the browsers keep no such chord for themselves that we take. */
export const chords: Record<Exclude<Chord, 'larger' | 'smaller' | 'usual-size'>, ChordRow> = {
  leave: {
    keys: nameKeys('Ctrl+Shift+L'),
    code: 'KeyL',
    does: say`from the terminal to the lesson and back; Tab and Escape belong to the shell`,
  },
  search: { keys: nameKeys('Ctrl+Shift+F'), code: 'KeyF', does: say`searches what was printed` },
  'previous-command': {
    keys: nameKeys('Ctrl+Shift+↑'),
    code: 'ArrowUp',
    does: say`scrolls to the command before`,
  },
  'next-command': {
    keys: nameKeys('Ctrl+Shift+↓'),
    code: 'ArrowDown',
    does: say`scrolls to the next command`,
  },
  'copy-output': {
    keys: nameKeys('Ctrl+Shift+Y'),
    code: 'KeyY',
    does: say`copies what the last command printed`,
  },
  clear: { keys: nameKeys('Ctrl+Shift+K'), code: 'KeyK', does: say`clears the screen and what is above it` },
  'new-shell': { keys: nameKeys('Ctrl+Shift+Enter'), code: 'Enter', does: say`opens another shell` },
  split: {
    keys: nameKeys('Ctrl+Shift+E'),
    code: 'KeyE',
    does: say`shows two shells side by side, or one again`,
  },
  'previous-shell': {
    keys: nameKeys('Ctrl+Shift+←'),
    code: 'ArrowLeft',
    does: say`goes to the shell on the left`,
  },
  'next-shell': {
    keys: nameKeys('Ctrl+Shift+→'),
    code: 'ArrowRight',
    does: say`goes to the shell on the right`,
  },
};

export const sizeKeys = {
  keys: say`${nameKeys('Ctrl +')} and ${nameKeys('Ctrl −')}`,
  does: say`makes the terminal’s text larger or smaller; Ctrl 0 as it was`,
} as const;

const byCode = new Map(Object.entries(chords).map(([name, { code }]) => [code, name as Chord]));

/** The chord of a key that went down; null for the shell's keys. */
export function findChord(event: KeyboardEvent): Chord | null {
  if (event.type !== 'keydown' || event.altKey) return null;
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  const command = isApple ? event.metaKey || event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!command) return null;
  if (event.key === '+' || event.key === '=') return 'larger';
  if (event.key === '-' || event.key === '_') return event.shiftKey ? null : 'smaller';
  if (event.key === '0' && !event.shiftKey) return 'usual-size';
  return event.shiftKey && event.ctrlKey ? (byCode.get(event.code) ?? null) : null;
}
