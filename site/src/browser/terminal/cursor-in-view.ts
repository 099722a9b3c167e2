import type { Terminal } from '@xterm/xterm';

/**
 * While the terminal has the size of a larger page, keeps in sight where is written: the rows are more than fit, and the
 * first of them are seldom what there is to see. Who has scrolled the cursor out of sight is left where they look.
 */
export function keepCursorInView(terminal: Terminal, host: HTMLElement): { follow: () => void } {
  let frame = 0;
  let lastTop = 0;

  function look({ always }: { always: boolean }): void {
    frame = 0;
    const screen = terminal.element?.querySelector('.xterm-screen');
    if (!screen || host.clientHeight === 0 || host.scrollHeight <= host.clientHeight) return;
    const rowHeight = screen.clientHeight / terminal.rows;
    const top = terminal.buffer.active.cursorY * rowHeight;
    const wasSeen = lastTop >= host.scrollTop - rowHeight && lastTop <= host.scrollTop + host.clientHeight;
    lastTop = top;
    if (!wasSeen && !always) return;
    // With a row below it, since the last one would touch the edge, and what was printed before it above.
    const bottom = top + 2 * rowHeight;
    if (top < host.scrollTop || bottom > host.scrollTop + host.clientHeight)
      host.scrollTop = bottom - host.clientHeight;
  }

  terminal.onCursorMove(() => (frame ||= requestAnimationFrame(() => look({ always: false }))));
  return {
    /** The size has just become another page's. */
    follow: () => requestAnimationFrame(() => look({ always: true })),
  };
}
