import type { IDisposable, IMarker, Terminal } from '@xterm/xterm';
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
  /** A prompt at which nothing was run yet. */
  #prompt: { marker: IMarker; input: IMarker | null; column: number } | null = null;
  /** Those that run: a shell within a shell makes several. */
  #running: Command[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#handlers = [
      terminal.parser.registerOscHandler(133, (data) => this.#mark(data)),
      terminal.parser.registerOscHandler(7, (data) => this.#move(data)),
      // RIS, with which each snapshot begins as well.
      terminal.parser.registerEscHandler({ final: 'c' }, () => this.#forget()),
    ];
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

  #mark(data: string): boolean {
    // A full-screen program's own prompts are not commands of this screen.
    if (this.#terminal.buffer.active.type === 'alternate') return true;
    const [mark, status] = data.split(';');
    if (mark === 'A') this.#beginPrompt();
    else if (mark === 'B') this.#beginInput();
    else if (mark === 'C') this.#beginOutput();
    else if (mark === 'D') this.#endCommand(status);
    return true;
  }

  #beginPrompt(): void {
    // A prompt drawn anew, or one where only Enter was pressed.
    this.#prompt?.marker.dispose();
    this.#prompt?.input?.dispose();
    const marker = this.#terminal.registerMarker(0);
    this.#prompt = marker ? { marker, input: null, column: 0 } : null;
  }

  #beginInput(): void {
    this.atPrompt.set(true);
    if (!this.#prompt) return;
    this.#prompt.input?.dispose();
    this.#prompt.input = this.#terminal.registerMarker(0) ?? null;
    this.#prompt.column = this.#terminal.buffer.active.cursorX;
  }

  #beginOutput(): void {
    this.atPrompt.set(false);
    const prompt = this.#prompt;
    this.#prompt = null;
    if (!prompt || prompt.marker.isDisposed) return;
    const command: Command = {
      prompt: prompt.marker,
      text: this.#readTyped(prompt),
      output: this.#terminal.registerMarker(0) ?? null,
      end: null,
      exitCode: null,
      startedAtMs: Date.now(),
      endedAtMs: null,
    };
    prompt.input?.dispose();
    this.#running.push(command);
    const kept = this.commands.value.filter((one) => !one.prompt.isDisposed);
    this.commands.set([...kept, command].slice(-mostCommands));
  }

  #endCommand(status: string | undefined): void {
    const command = this.#running.pop();
    if (!command) return;
    const code = Number.parseInt(status ?? '', 10);
    this.#end(command, code);
    // A shell within a shell ends without a word of its own: the mark was the outer one's.
    const outer = this.#running.at(-1);
    if (outer && /^(?:exit|logout)\b/.test(command.text)) this.#end(this.#running.pop() as Command, code);
    this.commands.set([...this.commands.value]);
    this.ended.set(command);
  }

  #end(command: Command, code: number): void {
    command.end = this.#terminal.registerMarker(0) ?? null;
    command.exitCode = Number.isNaN(code) ? null : code;
    command.endedAtMs = Date.now();
  }

  #readTyped({ input, column }: { input: IMarker | null; column: number }): string {
    if (!input || input.isDisposed) return '';
    const buffer = this.#terminal.buffer.active;
    const endRow = buffer.baseY + buffer.cursorY + (buffer.cursorX > 0 ? 1 : 0);
    const typed = readRows(buffer, { start: input.line, end: endRow, startColumn: column });
    return typed.trim().slice(0, longestText);
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
    this.#prompt = null;
    this.#running = [];
    this.commands.set([]);
    this.atPrompt.set(null);
    return false;
  }
}
