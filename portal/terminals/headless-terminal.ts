/** A terminal without a display that reads output as the one in a learner's page does: `emulator.ts` of the site. */
import unicode11Addon from '@xterm/addon-unicode11';
import headless from '@xterm/headless';
import type { Terminal } from '@xterm/headless';
import { ignoreRunawayCounts } from '../../protocol/runaway-counts.ts';

/** `scrollbackRows`: kept above the screen. */
export function openHeadless(options: { cols: number; rows: number; scrollbackRows: number }): Terminal {
  const { cols, rows, scrollbackRows } = options;
  const terminal = new headless.Terminal({
    cols,
    rows,
    scrollback: scrollbackRows,
    allowProposedApi: true,
    // It would write down every byte it does not like, and those are the learner's.
    logLevel: 'off',
  });
  // Emoji are two columns wide: counted as one, rows would wrap elsewhere.
  terminal.loadAddon(new unicode11Addon.Unicode11Addon() as never);
  terminal.unicode.activeVersion = '11';
  // The thread is everybody's: one learner must not hold it.
  ignoreRunawayCounts(terminal.parser);
  return terminal;
}
