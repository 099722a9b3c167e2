/** What is asked of a terminal. The region cannot be read through its public interface. */
interface ScrollingTerminal {
  rows: number;
  buffer: { active: { type: 'normal' | 'alternate' } };
  modes: { originMode: boolean; insertMode: boolean; wraparoundMode: boolean };
}

interface Internals {
  _core: { _bufferService: { buffers: { normal: { scrollTop: number; scrollBottom: number } } } };
}

/** Text moves all rows up, into the scrollback, and its lines wrap. */
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
