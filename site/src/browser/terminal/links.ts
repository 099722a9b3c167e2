import { say } from '../page/say.ts';
import { makeElement } from '../page/element.ts';
import { showDialog } from '../page/dialog.ts';

/** Only these may be opened: a program in the terminal chooses what it prints. */
const protocols: readonly string[] = ['http:', 'https:'];

/** Asks before a link from the terminal is opened, showing where it really leads: its text may say something else. */
export async function openLink(event: MouseEvent, address: string): Promise<void> {
  event.preventDefault();
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !protocols.includes(url.protocol)) return;
  const confirmed = await showDialog({
    title: say`Open this link?`,
    content: [
      makeElement('p', {}, say`A program in your terminal printed it. It leads to:`),
      makeElement('pre', { attributes: { tabindex: 0 } }, url.href),
    ],
    confirm: say`Open in a new tab`,
  });
  if (confirmed) window.open(url.href, '_blank', 'noopener,noreferrer');
}
