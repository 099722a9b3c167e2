import { ShellFrame } from './shell-frame.ts';
import type { ShellDeed } from './shell-notice.ts';
import type { Shell } from './shell.ts';

export interface ShellFramesOptions {
  renew: (shell: Shell) => void;
  close: (shell: Shell) => void;
  startMachine: () => void;
}

/** The line below each shell, and what its button does. */
export class ShellFrames {
  readonly #options: ShellFramesOptions;
  readonly #frames = new WeakMap<Shell, ShellFrame>();

  constructor(options: ShellFramesOptions) {
    this.#options = options;
  }

  of(shell: Shell): ShellFrame {
    let frame = this.#frames.get(shell);
    if (!frame) this.#frames.set(shell, (frame = new ShellFrame(shell, (deed) => this.#do(deed, shell))));
    return frame;
  }

  #do(deed: ShellDeed, shell: Shell): void {
    const { renew, close, startMachine } = this.#options;
    const deeds: Record<ShellDeed, () => void> = {
      'try-now': () => shell.reclaim(),
      'use-here': () => (shell.status.kind === 'live' ? shell.take() : shell.reclaim()),
      'new-shell': () => renew(shell),
      'fresh-machine': startMachine,
      'close-tab': () => close(shell),
      reload: () => location.reload(),
    };
    deeds[deed]();
    if (deed === 'try-now' || deed === 'use-here') shell.focus();
  }
}
