import type { Terminal } from '@xterm/xterm';

/** Of its speed, what is left of a swipe after a millisecond. */
const momentumPerMs = 0.997;
/** Slower than this it has come to rest, pixels a millisecond. */
const restPerMs = 0.03;
/** A finger that lay still for so long before it was lifted throws nothing. */
const heldMs = 60;

/**
 * Scrolls by a finger, for which the emulator itself has no ear (xtermjs/xterm.js#5489): first what of another page's size
 * does not fit here, then the rows above; a full-screen program is given turns of a wheel.
 */
export function scrollByTouch(terminal: Terminal, host: HTMLElement): void {
  let finger: { id: number; y: number; atMs: number; perMs: number } | null = null;
  let frame = 0;
  /** Pixels that made no whole row yet. */
  let rest = 0;

  /** Down the text by so many pixels. Returns whether it could go so far. */
  function scroll(pixels: number): boolean {
    const before = host.scrollTop;
    host.scrollTop += pixels;
    rest += pixels - (host.scrollTop - before);
    const screen = terminal.element?.querySelector('.xterm-screen');
    const rowHeight = (screen?.clientHeight ?? 0) / terminal.rows;
    if (!screen || rowHeight === 0) return false;
    const rows = Math.trunc(rest / rowHeight);
    rest -= rows * rowHeight;
    if (!isForProgram()) {
      const { viewportY } = terminal.buffer.active;
      terminal.scrollLines(rows);
      return terminal.buffer.active.viewportY === viewportY + rows;
    }
    const { left, top } = screen.getBoundingClientRect();
    for (let turn = 0; turn < Math.abs(rows); turn += 1) {
      const how = { deltaY: Math.sign(rows), deltaMode: WheelEvent.DOM_DELTA_LINE };
      const where = { clientX: left + 1, clientY: top + 1 };
      screen.dispatchEvent(new WheelEvent('wheel', { ...how, ...where, bubbles: true, cancelable: true }));
    }
    return true;
  }

  /** A program that has the screen, or listens for the mouse, does the scrolling. */
  function isForProgram(): boolean {
    return terminal.buffer.active.type === 'alternate' || terminal.modes.mouseTrackingMode !== 'none';
  }

  /** On after the finger was lifted, to where there is nothing more. A program gets only what the finger did. */
  function glide(perMs: number, lastMs: number): void {
    if (Math.abs(perMs) < restPerMs) return;
    frame = requestAnimationFrame((nowMs) => {
      const ms = Math.max(0, nowMs - lastMs);
      if (!isForProgram() && scroll(perMs * ms)) glide(perMs * momentumPerMs ** ms, nowMs);
    });
  }

  host.addEventListener('pointerdown', ({ pointerType, pointerId, clientY, timeStamp }) => {
    cancelAnimationFrame(frame);
    if (pointerType !== 'touch') return;
    // Two fingers make the page larger.
    finger = finger === null ? { id: pointerId, y: clientY, atMs: timeStamp, perMs: 0 } : null;
    rest = 0;
  });
  host.addEventListener('pointermove', ({ pointerId, clientY, timeStamp }) => {
    if (finger?.id !== pointerId) return;
    const pixels = finger.y - clientY;
    const ms = Math.max(1, timeStamp - finger.atMs);
    finger = { id: pointerId, y: clientY, atMs: timeStamp, perMs: (finger.perMs + pixels / ms) / 2 };
    scroll(pixels);
  });
  host.addEventListener('pointerup', ({ pointerId, timeStamp }) => {
    if (finger?.id !== pointerId) return;
    const { perMs, atMs } = finger;
    finger = null;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!isStill && timeStamp - atMs < heldMs) glide(perMs, performance.now());
  });
  host.addEventListener('pointercancel', () => (finger = null));
}
