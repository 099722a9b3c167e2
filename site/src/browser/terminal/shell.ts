import type { ServerMessage } from '../../../../protocol/terminal.ts';
import { makeElement } from '../page/element.ts';
import { Signal } from '../page/signal.ts';
import { browserClock, makeDial, makeProbe } from './browser-ports.ts';
import { TerminalConnection } from './connection.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { Emulator } from './emulator.ts';
import { isEscapeChord } from './escape-chord.ts';
import { runCommands } from './run-commands.ts';
import { StickyControl } from './sticky-control.ts';

/** A resize is sent when the box has kept its size for so long. */
const resizeDelayMs = 100;

export interface ShellOptions {
  /** Where its screen goes; laid out. */
  stage: HTMLElement;
  label: string;
  screenReader: boolean;
  stickyControl: StickyControl;
  onStatus: (shell: Shell) => void;
  onNotice: (shell: Shell, notice: Extract<ServerMessage, { type: 'notice' }>) => void;
  onPaste: (shell: Shell, text: string) => void;
}

/** Begins to load the emulator's code, so that it is there when the first shell needs it. */
export function warmEmulator(): void {
  // Whether it could be loaded is seen when a shell opens, which says so.
  import('./emulator.ts').catch(() => undefined);
}

/** One tab: an emulator on the page, joined to a terminal of the machine once it has one. */
export class Shell {
  readonly label: string;
  readonly screen: HTMLElement;
  readonly #host = makeElement('div', { class: 'screen-host' });
  terminalId: string | null = null;
  status: ConnectionStatus = { kind: 'connecting' };
  readonly #options: ShellOptions;
  readonly #live = new Signal(false);
  #emulator: Emulator | null = null;
  #opening: Promise<Emulator> | null = null;
  #connection: TerminalConnection | null = null;
  #observer: ResizeObserver | null = null;
  /** The lines of a Run button are being typed one by one. */
  #running = false;
  #disposed = false;

  constructor(options: ShellOptions) {
    this.#options = options;
    this.label = options.label;
    this.screen = makeElement('div', {
      class: 'screen',
      attributes: {
        role: 'group',
        tabindex: 0,
        'aria-label': `Terminal ${options.label}. Press Enter to type in it.`,
      },
      on: {
        keydown: (event) => {
          if (event.target !== this.screen || event.key !== 'Enter') return;
          event.preventDefault();
          this.focus();
        },
      },
    });
    this.screen.append(this.#host);
    options.stage.append(this.screen);
  }

  get emulator(): Emulator | null {
    return this.#emulator;
  }

  /** Makes the emulator, so that its size is known before a terminal is asked for. */
  async prepare(): Promise<{ cols: number; rows: number }> {
    this.#opening ??= this.#open();
    try {
      const { cols, rows } = await this.#opening;
      return { cols, rows };
    } catch (error) {
      // Its code could not be loaded: the next try loads it again.
      this.#opening = null;
      throw error;
    }
  }

  /** Connects to a terminal of the machine, once it is on screen. */
  async join(terminalId: string): Promise<void> {
    await this.prepare();
    if (!this.#emulator || this.#disposed) return;
    if (this.#connection && this.terminalId === terminalId) return;
    this.#connection?.dispose();
    this.terminalId = terminalId;
    this.#connection = new TerminalConnection({
      dial: makeDial(terminalId),
      screen: this.#emulator,
      clock: browserClock,
      random: Math.random,
      probe: makeProbe(terminalId),
      onStatus: (status) => {
        this.status = status;
        if (status.kind === 'live' && !this.#live.value) performance.mark('terminal-live');
        this.#live.set(status.kind === 'live');
        this.#options.onStatus(this);
      },
      onNotice: (notice) => this.#options.onNotice(this, notice),
    });
    this.#connection.setVisible(!document.hidden);
    this.#connection.connect();
  }

  get isJoined(): boolean {
    return this.#connection !== null;
  }

  wake(): void {
    this.#connection?.wake();
  }

  setVisible(visible: boolean): void {
    this.#connection?.setVisible(visible);
  }

  reclaim(): void {
    this.#connection?.reclaim();
  }

  focus(): void {
    this.#emulator?.focus();
  }

  /** Types the commands and presses Enter. Resolves, once they are on their way, with a sentence where that cannot be. */
  async run(commands: string, { focus }: { focus: boolean }): Promise<string | null> {
    await this.#live.until((live) => live);
    const emulator = this.#emulator;
    if (!emulator) return 'The terminal could not be opened.';
    if (emulator.fullScreenProgram) {
      return 'A full-screen program has the terminal. Leave it first, often with q or Ctrl+X.';
    }
    if (this.#running) {
      return 'The commands before these are still at work. Wait for them, or press Ctrl+C in the terminal.';
    }
    this.#running = true;
    void runCommands(emulator, commands).finally(() => (this.#running = false));
    if (focus) this.focus();
    return null;
  }

  dispose(): void {
    this.#disposed = true;
    this.#observer?.disconnect();
    this.#connection?.dispose();
    this.#emulator?.dispose();
    this.screen.remove();
  }

  async #open(): Promise<Emulator> {
    const { openEmulator } = await import('./emulator.ts');
    const emulator = await openEmulator({
      host: this.#host,
      screenReader: this.#options.screenReader,
      onInput: (input) => this.#connection?.type(this.#options.stickyControl.apply(input)),
      onResize: (size) => this.#connection?.resize(size.cols, size.rows),
      onPaste: (text) => this.#options.onPaste(this, text),
      isEscape: isEscapeChord,
    });
    if (this.#disposed) emulator.dispose();
    else {
      this.#emulator = emulator;
      this.#observeSize();
    }
    return emulator;
  }

  #observeSize(): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#emulator?.fit(), resizeDelayMs);
    });
    this.#observer.observe(this.#host);
  }
}
