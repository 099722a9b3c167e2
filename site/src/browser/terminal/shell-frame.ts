import { say } from '../page/say.ts';
import { announce } from '../page/announcer.ts';
import { copyText } from '../page/clipboard.ts';
import { browserClock } from './browser-ports.ts';
import { deedTexts, describeShell, type ShellDeed } from './shell-notice.ts';
import type { Shell } from './shell.ts';

/** A blip shorter than this passes without a word. */
const blipMs = 1_000;
const bellMs = 600;
const previewLength = 120;

/** Keeps the line below a shell true to its state; `onDeed` does what its button promises. */
export class ShellFrame {
  readonly #shell: Shell;
  readonly #onDeed: (deed: ShellDeed, shell: Shell) => void;
  #blip: (() => void) | null = null;
  #shown = '';

  constructor(shell: Shell, onDeed: (deed: ShellDeed, shell: Shell) => void) {
    this.#shell = shell;
    this.#onDeed = onDeed;
  }

  show(): void {
    const { status, role, notice } = this.#shell;
    const now = describeShell(status, role);
    // A live shell says so with every ping.
    const shown = JSON.stringify(now);
    if (shown === this.#shown) return;
    // While it tries again what was said still holds.
    if (status.kind === 'connecting' && this.#shown.includes('"down"')) return;
    this.#blip?.();
    this.#blip = null;
    this.#shown = shown;
    if (now === null) return notice.hide();
    const say = (): void =>
      notice.show({
        text: now.text,
        tone: now.tone,
        actions: [{ text: deedTexts[now.deed], onPress: () => this.#onDeed(now.deed, this.#shell) }],
      });
    if (status.kind === 'waiting') this.#blip = browserClock.after(blipMs, say);
    else say();
  }

  /** A program wants something on the clipboard: the learner decides. */
  askToCopy(text: string): void {
    const { notice } = this.#shell;
    const size = [...text].length;
    const preview = [...text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')].slice(0, previewLength).join('');
    notice.show({
      text: say`A program in this terminal wants to put ${size} characters on your clipboard: “${preview}${size > previewLength ? ' …' : ''}”`,
      tone: 'asks',
      actions: [
        {
          text: say`Copy it`,
          onPress: () => {
            announce(copyText(text) ? say`Copied.` : say`The browser refused to copy.`);
            this.#settle();
          },
        },
        { text: say`No`, onPress: () => this.#settle() },
      ],
    });
  }

  /** Seen, not heard. */
  ring(): void {
    const { pane } = this.#shell;
    pane.toggleAttribute('data-bell', true);
    setTimeout(() => pane.removeAttribute('data-bell'), bellMs);
  }

  #settle(): void {
    this.#shell.notice.hide();
    this.#shown = '';
    this.show();
    this.#shell.focus();
  }
}
