import type { IDisposable, Terminal } from '@xterm/xterm';

const halfPeriodMs = 600;
/** Where nothing happens any more, the cursor stays lit, and a page at rest paints nothing. */
const restsAfterMs = 15_000;

/**
 * Blinks the cursor where xterm.js paints without WebGL. Its own way there is a CSS animation, for which browsers work
 * through every frame of the display: what is typed then waits for the next one, and a page is never at rest.
 */
export function blinkCursor(terminal: Terminal, host: HTMLElement): IDisposable {
  const { textarea } = terminal;
  let timer: ReturnType<typeof setInterval> | undefined;
  let movedMs = 0;

  function light(isLit: boolean): void {
    host.toggleAttribute('data-cursor-off', !isLit);
  }

  function blink(): void {
    const stillMs = performance.now() - movedMs;
    if (stillMs > restsAfterMs) return stop();
    light(stillMs < halfPeriodMs || host.hasAttribute('data-cursor-off'));
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    light(true);
  }

  /** Lit at once, in the frame that shows the move. */
  function move(): void {
    movedMs = performance.now();
    light(true);
    if (terminal.options.cursorBlink && document.activeElement === textarea)
      timer ??= setInterval(blink, halfPeriodMs);
  }

  textarea?.addEventListener('focus', move);
  textarea?.addEventListener('blur', stop);
  const moves = terminal.onCursorMove(move);
  return {
    dispose: () => {
      stop();
      moves.dispose();
    },
  };
}
