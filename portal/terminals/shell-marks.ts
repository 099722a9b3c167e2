/** The marks that a shell printed (OSC 133 and 7), where they stand: a snapshot's text has lost them. */
import type { IMarker, Terminal } from '@xterm/headless';
import type { ShellMark } from '../../protocol/terminal.ts';

/** Four a command; beyond it the oldest go. */
const mostMarks = 800;
const longestPayload = 300;

interface KeptMark {
  marker: IMarker;
  column: number;
  payload: string;
  atMs: number;
}

/** Kept as they came and not interpreted: the browser that is told them reads them as if they came now. */
export class ShellMarks {
  readonly #terminal: Terminal;
  #marks: KeptMark[] = [];
  /** OSC 7; only the last counts. */
  #directory: string | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.parser.registerOscHandler(133, (payload) => {
      this.#keep(payload);
      return false;
    });
    terminal.parser.registerOscHandler(7, (payload) => {
      this.#directory = payload.length <= 4 * 4096 ? payload : null;
      return false;
    });
    terminal.parser.registerEscHandler({ final: 'c' }, () => {
      this.#marks = [];
      return false;
    });
  }

  /** Those whose rows are still there, oldest first. */
  list(): { marks: ShellMark[]; directory: string | null } {
    this.#marks = this.#marks.filter(({ marker }) => !marker.isDisposed);
    const marks = this.#marks.map(({ marker, column, payload, atMs }) => ({
      row: marker.line,
      column,
      payload,
      atMs,
    }));
    return { marks, directory: this.#directory };
  }

  /** Clears the terminal. What the shell said last, a prompt or the start of a command, is still so on the line that stays. */
  clear(): void {
    const last = this.#marks.slice(this.#marks.findLastIndex(({ payload }) => payload.startsWith('A')));
    this.#terminal.clear();
    for (const { marker } of this.#marks) marker.dispose();
    this.#marks = last.flatMap((mark) => {
      const marker = this.#terminal.registerMarker(0);
      return marker ? { ...mark, marker } : [];
    });
  }

  #keep(payload: string): void {
    if (this.#terminal.buffer.active.type === 'alternate' || payload.length > longestPayload) return;
    const marker = this.#terminal.registerMarker(0);
    if (!marker) return;
    this.#marks.push({ marker, column: this.#terminal.buffer.active.cursorX, payload, atMs: Date.now() });
    while (this.#marks.length > mostMarks) this.#marks.shift()?.marker.dispose();
  }
}
