import { say } from '../page/say.ts';
import type { Terminal } from '@xterm/xterm';
import { findChord } from './chords.ts';
import { handleClipboardKeys } from './clipboard-keys.ts';

export interface InputOptions {
  /** Text from the clipboard, uncleaned. */
  onPaste: (text: string) => void;
  /** Any key went down: one that the connection may want to hear of even when it cannot be sent. */
  onKey: () => void;
}

/** Keys, paste and the soft keyboard of the emulator's own text field. */
export function prepareInput(terminal: Terminal, host: HTMLElement, { onPaste, onKey }: InputOptions): void {
  const { textarea } = terminal;
  // Tab passes over the terminal: its frame is the stop, and Enter goes in.
  if (textarea) textarea.tabIndex = -1;
  for (const [name, value] of [
    ['autocapitalize', 'off'],
    ['autocomplete', 'off'],
    ['autocorrect', 'off'],
    ['spellcheck', 'false'],
    ['enterkeyhint', 'send'],
    ['aria-description', say`Control Shift L leaves the terminal`],
  ] as const) {
    textarea?.setAttribute(name, value);
  }
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type === 'keydown') onKey();
    return findChord(event) === null && handleClipboardKeys(event, terminal);
  });
  host.addEventListener(
    'paste',
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      onPaste(event.clipboardData?.getData('text/plain') ?? '');
    },
    { capture: true },
  );
}
