/**
 * The terminal on the screen: xterm.js with what the course needs of it. Loaded only when the first terminal opens.
 */
import { FitAddon } from '@xterm/addon-fit';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import type { Screen } from './connection-ports.ts';
import { handleClipboardKeys } from './clipboard-keys.ts';
import { openLink } from './links.ts';
import { cleanPaste } from './paste.ts';
import type { Typist } from './run-commands.ts';
import { readTerminalTheme, watchScheme } from './theme.ts';
import { paintWithWebgl } from './webgl.ts';

const fontFamily = "'JetBrains Mono Variable', 'Cascadia Mono', 'DejaVu Sans Mono', monospace";
const fontSize = 14;
const encoder = new TextEncoder();

export interface EmulatorOptions {
  /** Empty, laid out and visible. */
  host: HTMLElement;
  screenReader: boolean;
  onInput: (input: string | Uint8Array) => void;
  onResize: (size: { cols: number; rows: number }) => void;
  /** Text from the clipboard, uncleaned. */
  onPaste: (text: string) => void;
  /** The chord that leaves the terminal. */
  isEscape: (event: KeyboardEvent) => boolean;
}

/** Waits for the font first: cells measured with another one would stay wrong. */
export async function openEmulator(options: EmulatorOptions): Promise<Emulator> {
  await Promise.all([
    document.fonts.load(`${fontSize}px ${fontFamily}`),
    document.fonts.load(`bold ${fontSize}px ${fontFamily}`),
  ]);
  return new Emulator(options);
}

export class Emulator implements Screen, Typist {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #host: HTMLElement;
  readonly #stopWatchingScheme: () => void;

  constructor({ host, screenReader, onInput, onResize, onPaste, isEscape }: EmulatorOptions) {
    this.#host = host;
    const terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: true,
      fontFamily,
      fontSize,
      lineHeight: 1.2,
      linkHandler: { activate: (event, uri) => void openLink(event, uri), allowNonHttpProtocols: false },
      macOptionClickForcesSelection: true,
      minimumContrastRatio: 4.5,
      rightClickSelectsWord: false,
      screenReaderMode: screenReader,
      scrollback: 5_000,
      theme: readTerminalTheme(),
    });
    this.#terminal = terminal;
    terminal.loadAddon(this.#fit);
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    terminal.loadAddon(new WebLinksAddon((event, uri) => void openLink(event, uri)));
    terminal.open(host);
    this.#prepareInput(onPaste, isEscape);
    terminal.onData(onInput);
    terminal.onBinary((data) => onInput(Uint8Array.from(data, (char) => char.charCodeAt(0))));
    terminal.onResize(onResize);
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

  /** A full-screen program, such as an editor or a pager, has the screen. */
  get fullScreenProgram(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** Arrow keys are to be sent in their application form. */
  get applicationCursorKeys(): boolean {
    return this.#terminal.modes.applicationCursorKeysMode;
  }

  write(bytes: Uint8Array, parsed: () => void): void {
    this.#terminal.write(bytes, parsed);
  }

  reset(): void {
    // RIS through the parser and not `reset()`, which would overtake what is still to be parsed.
    this.#terminal.write(encoder.encode('\u001bc'));
  }

  /** Fits columns and rows to the host's box; nothing while that is hidden. */
  fit(): void {
    if (this.#host.clientWidth < 40 || this.#host.clientHeight < 40) return;
    const size = this.#fit.proposeDimensions();
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return;
    const cols = Math.min(500, Math.max(2, size.cols));
    const rows = Math.min(500, Math.max(2, size.rows));
    if (cols !== this.cols || rows !== this.rows) this.#terminal.resize(cols, rows);
  }

  /** Types text as a paste: bracketed where the program asked for that. */
  paste(text: string): void {
    this.#terminal.paste(cleanPaste(text));
  }

  /** Types as if by keys. */
  type(input: string): void {
    this.#terminal.input(input, true);
  }

  /** A prompt is known by its asking for bracketed pastes anew, as readline does each time it begins to read a line. */
  promptOrKey(): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (prompt: boolean): void => {
        asks.dispose();
        keys.dispose();
        resolve(prompt);
      };
      const asks = this.#terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) => {
        // After the emulator has taken it in, as what is typed next depends on it.
        if (modes.includes(2004)) setTimeout(() => finish(true));
        return false;
      });
      const keys = this.#terminal.onKey(() => finish(false));
    });
  }

  focus(): void {
    this.#terminal.focus();
  }

  setScreenReader(on: boolean): void {
    this.#terminal.options.screenReaderMode = on;
  }

  /** Screen and scrollback as plain text, empty lines at the end left out. */
  readText(): string {
    const buffer = this.#terminal.buffer.active;
    let text = '';
    for (let index = 0; index < buffer.length; index++) {
      const line = buffer.getLine(index);
      const next = buffer.getLine(index + 1);
      text += line?.translateToString(!next?.isWrapped) ?? '';
      if (!next?.isWrapped) text += '\n';
    }
    return text.trimEnd();
  }

  dispose(): void {
    this.#stopWatchingScheme();
    this.#terminal.dispose();
  }

  #prepareInput(onPaste: (text: string) => void, isEscape: (event: KeyboardEvent) => boolean): void {
    const { textarea } = this.#terminal;
    // Tab passes over the terminal: its frame is the stop, and Enter goes in.
    if (textarea) textarea.tabIndex = -1;
    for (const [name, value] of [
      ['autocapitalize', 'off'],
      ['autocomplete', 'off'],
      ['autocorrect', 'off'],
      ['spellcheck', 'false'],
      ['aria-description', 'Control Shift L leaves the terminal'],
    ] as const) {
      textarea?.setAttribute(name, value);
    }
    this.#terminal.attachCustomKeyEventHandler(
      (event) => !isEscape(event) && handleClipboardKeys(event, this.#terminal),
    );
    this.#host.addEventListener(
      'paste',
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        onPaste(event.clipboardData?.getData('text/plain') ?? '');
      },
      { capture: true },
    );
  }
}
