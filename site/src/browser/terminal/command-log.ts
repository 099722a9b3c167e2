import type { IDisposable, IMarker, Terminal } from '@xterm/xterm';
import type { ShellMark } from '../../../../protocol/terminal.ts';
import { Signal } from '../page/signal.ts';
import { readRows } from './screen-text.ts';

/** A command that the shell marked (OSC 133). Markers move with the text and are disposed of when it scrolls away. */
export interface Command {
  readonly prompt: IMarker;
  /** As it was typed; empty where it could not be told. */
  text: string;
  /** Where its output begins, and ends (the row of the next prompt). */
  output: IMarker | null;
  end: IMarker | null;
  exitCode: number | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
}

/** Where a mark stands; `offset` from the cursor's row, as markers are made. */
interface Place {
  offset: number;
  row: number;
  column: number;
  atMs: number;
}

const mostCommands = 500;
const longestText = 1_000;

/**
 * The commands of a terminal, by the marks of its shell: A before the prompt, B before what is typed, C before the output,
 * D after it. Any program can print them: good for gutter marks and for jumping about, and for nothing that must be true.
 */
export class CommandLog {
  /** Oldest first; those whose rows are gone are left out. */
  readonly commands = new Signal<readonly Command[]>([]);
  /** Whether the shell waits for a command; null where the shell marks nothing. */
  readonly atPrompt = new Signal<boolean | null>(null);
  /** The one that ended last, each time one does. */
  readonly ended = new Signal<Command | null>(null);
  /** As the shell last told (OSC 7): a path in the machine. */
  readonly directory = new Signal<string | null>(null);
  readonly #terminal: Terminal;
  readonly #handlers: IDisposable[];
  #commands: Command[] = [];
  #atPrompt: boolean | null = null;
  /** A prompt at which nothing was run yet. */
  #prompt: { marker: IMarker; input: IMarker | null; column: number } | null = null;
  /** Those that run: a shell within a shell makes several. */
  #running: Command[] = [];
  /** Marks of the rows below a full-screen program, where none can be set until it gives the screen back. */
  #hidden: { marks: readonly ShellMark[]; cols: number } | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#handlers = [
      terminal.parser.registerOscHandler(133, (data) => this.#markHere(data)),
      terminal.parser.registerOscHandler(7, (data) => this.#move(data)),
      // RIS, with which each snapshot begins as well.
      terminal.parser.registerEscHandler({ final: 'c' }, () => this.#forget()),
      terminal.buffer.onBufferChange(() => this.#replayHidden()),
    ];
  }

  /** Clears the terminal. A prompt on the line that stays is still one. */
  clear(): void {
    this.#terminal.clear();
    const marker = this.#prompt && this.#terminal.registerMarker(0);
    if (this.#prompt && marker)
      this.#prompt = { ...this.#prompt, marker, input: this.#terminal.registerMarker(0) };
    this.#tell();
  }

  /** What runs now, of shells within shells the innermost; null also where its rows are not known. */
  get running(): Command | null {
    return this.#running.at(-1) ?? null;
  }

  /** What the command printed. */
  outputOf(command: Command): string {
    const { output, end } = command;
    if (!output || output.isDisposed) return '';
    const buffer = this.#terminal.buffer.normal;
    const endRow = end && !end.isDisposed ? end.line : buffer.baseY + buffer.cursorY + 1;
    return readRows(buffer, { start: output.line, end: endRow });
  }

  dispose(): void {
    for (const handler of this.#handlers) handler.dispose();
  }

  /** Marks that the screen had before this page saw it. */
  replay({ marks, directory }: { marks: readonly ShellMark[]; directory: string | null }): void {
    if (directory !== null) this.#move(directory);
    if (this.#terminal.buffer.active.type === 'normal') return this.#replayMarks(marks);
    this.#hidden = { marks, cols: this.#terminal.cols };
  }

  /** The shell is gone, and with it what ran there; how that ended nobody has said. */
  shellEnded(): void {
    for (const command of this.#running.splice(0)) command.endedAtMs = Date.now();
    this.#atPrompt = false;
    this.#tell();
  }

  #replayHidden(): void {
    const { active } = this.#terminal.buffer;
    if (this.#hidden === null || active.type === 'alternate') return;
    const { marks, cols } = this.#hidden;
    this.#hidden = null;
    // At another width the rows were broken anew, and are not those that were marked.
    if (cols === this.#terminal.cols) this.#replayMarks(marks);
  }

  #replayMarks(marks: readonly ShellMark[]): void {
    const { baseY, cursorY } = this.#terminal.buffer.active;
    for (const { row, column, payload, atMs } of marks)
      this.#mark(payload, { offset: row - baseY - cursorY, row, column, atMs });
    this.#tell();
  }

  #markHere(data: string): boolean {
    const { active } = this.#terminal.buffer;
    // A full-screen program's own prompts are not commands of this screen.
    if (active.type === 'alternate') return true;
    const row = active.baseY + active.cursorY;
    const ended = this.#mark(data, { offset: 0, row, column: active.cursorX, atMs: Date.now() });
    this.#tell();
    if (ended) this.ended.set(ended);
    return true;
  }

  /** Returns the command that ended, if one did. */
  #mark(data: string, place: Place): Command | null {
    const [mark, status] = data.split(';');
    if (mark === 'A') this.#beginPrompt(place);
    else if (mark === 'B') this.#beginInput(place);
    else if (mark === 'C') this.#beginOutput(place);
    else if (mark === 'D') return this.#endCommand(status, place);
    return null;
  }

  #tell(): void {
    const kept = this.#commands.filter((one) => !one.prompt.isDisposed);
    this.#commands = kept.slice(-mostCommands);
    this.commands.set(this.#commands);
    if (this.#atPrompt !== this.atPrompt.value) this.atPrompt.set(this.#atPrompt);
  }

  #beginPrompt({ offset }: Place): void {
    // A prompt drawn anew, or one where only Enter was pressed.
    this.#prompt?.marker.dispose();
    this.#prompt?.input?.dispose();
    const marker = this.#terminal.registerMarker(offset);
    this.#prompt = marker ? { marker, input: null, column: 0 } : null;
  }

  #beginInput({ offset, column }: Place): void {
    this.#atPrompt = true;
    if (!this.#prompt) return;
    this.#prompt.input?.dispose();
    this.#prompt.input = this.#terminal.registerMarker(offset) ?? null;
    this.#prompt.column = column;
  }

  #beginOutput(place: Place): void {
    this.#atPrompt = false;
    const prompt = this.#prompt;
    this.#prompt = null;
    if (!prompt || prompt.marker.isDisposed) return;
    const command: Command = {
      prompt: prompt.marker,
      text: this.#readTyped(prompt, place),
      output: this.#terminal.registerMarker(place.offset) ?? null,
      end: null,
      exitCode: null,
      startedAtMs: place.atMs,
      endedAtMs: null,
    };
    prompt.input?.dispose();
    this.#running.push(command);
    this.#commands.push(command);
  }

  #endCommand(status: string | undefined, place: Place): Command | null {
    const command = this.#running.pop();
    if (!command) return null;
    const code = Number.parseInt(status ?? '', 10);
    this.#end(command, code, place);
    // A shell within a shell ends without a word of its own: the mark was the outer one's.
    const outer = /^(?:exit|logout)\b/.test(command.text) ? this.#running.pop() : undefined;
    if (outer) this.#end(outer, code, place);
    return command;
  }

  #end(command: Command, code: number, { offset, atMs }: Place): void {
    command.end = this.#terminal.registerMarker(offset) ?? null;
    command.exitCode = Number.isNaN(code) ? null : code;
    command.endedAtMs = atMs;
  }

  #readTyped({ input, column }: { input: IMarker | null; column: number }, place: Place): string {
    if (!input || input.isDisposed) return '';
    const end = place.row + (place.column > 0 ? 1 : 0);
    const rows = { start: input.line, end, startColumn: column };
    return readRows(this.#terminal.buffer.normal, rows).trim().slice(0, longestText);
  }

  #move(data: string): boolean {
    const path = /^file:\/\/[^/]*(\/.*)$/.exec(data)?.[1];
    try {
      if (path !== undefined) this.directory.set(decodeURIComponent(path));
    } catch {
      // Bytes that are no UTF-8 have no name here; the last directory stays.
    }
    return true;
  }

  #forget(): boolean {
    this.#hidden = null;
    this.#prompt = null;
    this.#running = [];
    this.#commands = [];
    this.#atPrompt = null;
    this.#tell();
    return false;
  }
}
