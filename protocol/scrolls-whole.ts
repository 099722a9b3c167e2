/** What is asked of an xterm.js terminal, with or without a display. The region cannot be read through its public interface. */
interface ScrollingTerminal {
  rows: number;
  buffer: { active: { type: 'normal' | 'alternate' } };
  modes: { originMode: boolean; insertMode: boolean; wraparoundMode: boolean };
}

interface Internals {
  _core: { _bufferService: { buffers: { normal: { scrollTop: number; scrollBottom: number } } } };
}

/** Text moves all rows up, into the scrollback, and its lines wrap. Free of imports: portal and browser bundle use it. */
export function scrollsWhole(terminal: ScrollingTerminal): boolean {
  const { scrollTop, scrollBottom } = (terminal as unknown as Internals)._core._bufferService.buffers.normal;
  const { originMode, insertMode, wraparoundMode } = terminal.modes;
  return (
    terminal.buffer.active.type === 'normal' &&
    scrollTop === 0 &&
    scrollBottom === terminal.rows - 1 &&
    wraparoundMode &&
    !originMode &&
    !insertMode
  );
}
