import type { Terminal } from '@xterm/xterm';

/** Browsers take a context away after sleep or when there are too many; from then on this page paints without. */
let contextWasLost = false;

/** Paints the terminal by WebGL where the browser can; what xterm.js does without it is slower, and looks the same. */
export async function paintWithWebgl(terminal: Terminal): Promise<void> {
  if (contextWasLost) return;
  const { WebglAddon } = await import('@xterm/addon-webgl');
  try {
    const addon = new WebglAddon();
    addon.onContextLoss(() => {
      contextWasLost = true;
      try {
        addon.dispose();
      } finally {
        // Also where there is no context left to dispose of: what is seen must not stay blank.
        terminal.refresh(0, terminal.rows - 1);
      }
    });
    terminal.loadAddon(addon);
  } catch (error) {
    contextWasLost = true;
    console.debug('The terminal is painted without WebGL:', error);
  }
}
