/**
 * The terminal on the screen: xterm.js with what the course needs of it. Loaded only when the first terminal opens.
 */
import { FitAddon } from '@xterm/addon-fit';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal, type IDisposable } from '@xterm/xterm';
import { showCommandGutter } from './command-gutter.ts';
import { CommandLog, type Command } from './command-log.ts';
import { ignoreRunawayCounts } from '../../../../protocol/runaway-counts.ts';
import type { Screen } from './connection-ports.ts';
import { blinkCursor } from './cursor-blink.ts';
import { readCopyRequest } from './copy-request.ts';
import { keepCursorInView } from './cursor-in-view.ts';
import { prepareInput, type InputOptions } from './emulator-input.ts';
import { openLink } from './links.ts';
import { OutputWriter } from './output-writer.ts';
import { cleanPaste } from './paste.ts';
import { Search } from './search.ts';
import { readRows } from './screen-text.ts';
import { readTerminalTheme, watchScheme } from './theme.ts';
import { scrollByTouch } from './touch-scroll.ts';
import { paintWithWebgl } from './webgl.ts';

const fontFamily = "'JetBrains Mono Variable', 'Cascadia Mono', 'DejaVu Sans Mono', monospace";
const encoder = new TextEncoder();

export interface EmulatorOptions extends InputOptions {
  /** Empty, laid out and visible. */
  host: HTMLElement;
  screenReader: boolean;
  fontSize: number;
  onInput: (input: string | Uint8Array) => void;
  onResize: (size: { cols: number; rows: number }) => void;
  onBell: () => void;
  /** A program wants something on the clipboard. */
  onCopyRequest: (text: string) => void;
  /** The mark of a command was pressed. */
  onCommand: (command: Command, at: HTMLElement) => void;
}

/** Waits for the font first: cells measured with another one would stay wrong. */
export async function openEmulator(options: EmulatorOptions): Promise<Emulator> {
  const font = `${options.fontSize}px ${fontFamily}`;
  await Promise.all([document.fonts.load(font), document.fonts.load(`bold ${font}`)]);
  return new Emulator(options);
}

export class Emulator implements Screen {
  readonly search: Search;
  readonly log: CommandLog;
  readonly #terminal: Terminal;
  readonly #writer: OutputWriter;
  readonly #fit = new FitAddon();
  readonly #host: HTMLElement;
  readonly #cursor: IDisposable;
  readonly #cursorView: ReturnType<typeof keepCursorInView>;
  readonly #stopWatchingScheme: () => void;
  /** Another page's size is shown; this one's box does not count. */
  #followsSize = false;

  constructor(options: EmulatorOptions) {
    const { host, onInput } = options;
    this.#host = host;
    const terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily,
      fontSize: options.fontSize,
      lineHeight: 1.2,
      linkHandler: { activate: (event, uri) => void openLink(event, uri), allowNonHttpProtocols: false },
      macOptionClickForcesSelection: true,
      minimumContrastRatio: 4.5,
      rightClickSelectsWord: false,
      screenReaderMode: options.screenReader,
      scrollback: 5_000,
      theme: readTerminalTheme(),
    });
    this.#terminal = terminal;
    this.#writer = new OutputWriter(terminal);
    terminal.loadAddon(this.#fit);
    ignoreRunawayCounts(terminal.parser);
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    terminal.loadAddon(new WebLinksAddon((event, uri) => void openLink(event, uri)));
    this.search = new Search(terminal);
    this.log = new CommandLog(terminal);
    terminal.open(host);
    prepareInput(terminal, host, options);
    scrollByTouch(terminal, host);
    showCommandGutter({ terminal, log: this.log, onPick: options.onCommand });
    this.#cursor = blinkCursor(terminal, host);
    this.#cursorView = keepCursorInView(terminal, host);
    terminal.onData(onInput);
    terminal.onBinary((data) => onInput(Uint8Array.from(data, (char) => char.charCodeAt(0))));
    terminal.onResize(options.onResize);
    terminal.onBell(options.onBell);
    terminal.parser.registerOscHandler(52, (data) => {
      const text = readCopyRequest(data);
      if (text !== null) options.onCopyRequest(text);
      return true;
    });
    void paintWithWebgl(terminal);
    this.fit();
    this.#stopWatchingScheme = watchScheme(() => (terminal.options.theme = readTerminalTheme()));
  }

  get cols(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  get bracketedPaste(): boolean {
    return this.#terminal.modes.bracketedPasteMode;
  }

  /** Arrow keys are to be sent in their application form. */
  get applicationCursorKeys(): boolean {
    return this.#terminal.modes.applicationCursorKeysMode;
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  write(bytes: Uint8Array, parsed: () => void): void {
    this.#writer.write(bytes, parsed);
  }

  reset(): void {
    // RIS through the parser and not `reset()`, which would overtake what is still to be parsed.
    this.#writer.write(encoder.encode('\u001bc'));
  }

  mark(message: Parameters<NonNullable<Screen['mark']>>[0]): void {
    this.#writer.after(() => this.log.replay(message));
  }

  /** The shell ended, after all that it printed. */
  shellEnded(): void {
    this.#writer.after(() => this.log.shellEnded());
  }

  /** Fits columns and rows to the host's box; nothing while that is hidden. */
  fit(): void {
    if (this.#followsSize || this.#host.clientWidth < 40 || this.#host.clientHeight < 40) return;
    const size = this.#fit.proposeDimensions();
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return;
    const cols = Math.min(500, Math.max(2, size.cols));
    const rows = Math.min(500, Math.max(2, size.rows));
    if (cols !== this.cols || rows !== this.rows) this.#terminal.resize(cols, rows);
  }

  /** Shows the size of the page that types; null for one's own box again. */
  followSize(size: { cols: number; rows: number } | null): void {
    this.#followsSize = size !== null;
    this.#host.toggleAttribute('data-follows', this.#followsSize);
    if (!size) this.fit();
    // After what was made for the size of before.
    else
      this.#writer.after(() => {
        if (!this.#followsSize) return;
        this.#terminal.resize(size.cols, size.rows);
        this.#cursorView.follow();
      });
  }

  setFontSize(fontSize: number): void {
    this.#terminal.options.fontSize = fontSize;
    this.fit();
  }

  /** Whether it is on the stage; the output of one that is not gives way to the others. */
  setShown(shown: boolean): void {
    this.#writer.isUnseen = !shown;
  }

  setScreenReader(on: boolean): void {
    this.#terminal.options.screenReaderMode = on;
  }

  /** Types text as a paste: bracketed where the program asked for that. */
  paste(text: string): void {
    this.#terminal.paste(cleanPaste(text));
  }

  /** Types as if by keys. */
  type(input: string): void {
    this.#terminal.input(input, true);
  }

  /** Screen and scrollback go, but for the line one is on. False where a full-screen program has the screen. */
  clear(): boolean {
    if (this.#terminal.buffer.active.type === 'alternate') return false;
    this.log.clear();
    this.#terminal.clearSelection();
    return true;
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Scrolls so that the command before (-1) or after (1) what is seen at the top comes to the top. */
  scrollToCommand(way: -1 | 1): void {
    const top = this.#terminal.buffer.active.viewportY;
    const lines = this.log.commands.value
      .filter((one) => !one.prompt.isDisposed)
      .map((one) => one.prompt.line);
    const target = way === -1 ? lines.findLast((line) => line < top) : lines.find((line) => line > top);
    if (target !== undefined) this.#terminal.scrollToLine(target);
    else if (way === 1) this.#terminal.scrollToBottom();
  }

  /** Screen and scrollback as plain text, empty lines at the end left out. */
  readText(): string {
    const buffer = this.#terminal.buffer.active;
    return readRows(buffer, { start: 0, end: buffer.length });
  }

  dispose(): void {
    this.#stopWatchingScheme();
    this.#cursor.dispose();
    this.log.dispose();
    this.#terminal.dispose();
  }
}
