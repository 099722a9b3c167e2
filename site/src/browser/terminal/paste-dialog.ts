import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';
import { cleanPaste, needsConsent } from './paste.ts';
import type { Shell } from './shell.ts';

/** Pastes into a shell; asks first where each line would run at once. */
export async function pasteInto(shell: Shell, text: string): Promise<void> {
  const { emulator } = shell;
  if (!emulator || text === '') return;
  if (needsConsent(cleanPaste(text), emulator.bracketedPaste)) {
    const confirmed = await showDialog({
      title: say`Paste several lines?`,
      content: [
        makeElement(
          'p',
          {},
          say`The program in the terminal will take each line as if you had pressed Enter after it:`,
        ),
        makeElement('pre', { attributes: { tabindex: 0 } }, cleanPaste(text)),
      ],
      confirm: say`Paste`,
    });
    if (!confirmed) return;
  }
  emulator.paste(text);
  emulator.focus();
}
