import type { Terminal } from '@xterm/xterm';

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * Copy and paste as people expect them in a terminal: Ctrl+C copies where something is selected and interrupts where
 * nothing is; Ctrl+V pastes; with Shift they always do. On Apple's keyboards Cmd does it, and Ctrl is left to the shell.
 *
 * @returns whether the terminal is to handle the key
 */
export function handleClipboardKeys(event: KeyboardEvent, terminal: Terminal): boolean {
  if (event.type !== 'keydown' || event.altKey || event.metaKey) return true;
  const key = event.key.toLowerCase();
  if (event.shiftKey && !event.ctrlKey && event.key === 'Insert') return false;
  if (!event.ctrlKey || isApple) return true;
  if (key === 'c' && event.shiftKey) {
    // The browser's own meaning, inspecting an element, is not wanted here.
    event.preventDefault();
    copySelection(terminal);
    return false;
  }
  if (key === 'c' && terminal.hasSelection()) {
    // The browser copies: it does so where the clipboard interface is refused, as on plain HTTP.
    setTimeout(() => terminal.clearSelection());
    return false;
  }
  return key !== 'v';
}

function copySelection(terminal: Terminal): void {
  if (!terminal.hasSelection()) return;
  if (!document.execCommand('copy')) void navigator.clipboard?.writeText(terminal.getSelection());
}
