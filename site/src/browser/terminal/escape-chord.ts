/** Ctrl+Shift+L goes from the terminal to the lesson and back. Tab and Escape belong to the shell. */
export const escapeChord = 'Ctrl+Shift+L';

export function isEscapeChord(event: KeyboardEvent): boolean {
  return (
    event.type === 'keydown' && event.ctrlKey && event.shiftKey && !event.altKey && event.code === 'KeyL'
  );
}
