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
    keys: 'Ctrl+Shift+L',
    code: 'KeyL',
    does: 'from the terminal to the lesson and back; Tab and Escape belong to the shell',
  },
  search: { keys: 'Ctrl+Shift+F', code: 'KeyF', does: 'searches what was printed' },
  'previous-command': {
    keys: 'Ctrl+Shift+↑',
    code: 'ArrowUp',
    does: 'scrolls to the command before',
  },
  'next-command': { keys: 'Ctrl+Shift+↓', code: 'ArrowDown', does: 'scrolls to the next command' },
  'copy-output': { keys: 'Ctrl+Shift+Y', code: 'KeyY', does: 'copies what the last command printed' },
  clear: { keys: 'Ctrl+Shift+K', code: 'KeyK', does: 'clears the screen and what is above it' },
  'new-shell': { keys: 'Ctrl+Shift+Enter', code: 'Enter', does: 'opens another shell' },
  split: { keys: 'Ctrl+Shift+E', code: 'KeyE', does: 'shows two shells side by side, or one again' },
  'previous-shell': { keys: 'Ctrl+Shift+←', code: 'ArrowLeft', does: 'goes to the shell on the left' },
  'next-shell': { keys: 'Ctrl+Shift+→', code: 'ArrowRight', does: 'goes to the shell on the right' },
};

export const sizeKeys = {
  keys: 'Ctrl + and Ctrl −',
  does: 'makes the terminal’s text larger or smaller; Ctrl 0 as it was',
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
